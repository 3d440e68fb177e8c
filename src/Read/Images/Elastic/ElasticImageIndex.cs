using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Read.Projecting;

namespace Dlcs.Read.Images.Elastic;

/// <summary>The image index in Elasticsearch or OpenSearch: an index of what is, an index of what was.</summary>
public sealed class ElasticImageIndex(ReadStore store) : IImageIndex
{
    private readonly ElasticClient client =
        store.Elastic ?? throw new ArgumentException("the views are not kept in a search engine", nameof(store));

    public Task<ImageView?> Find(ImageId id, Position? asOf, CancellationToken ct) => Ask(async names =>
    {
        if (asOf is not { } position)
        {
            var got = await new ImageIndices(client).Get(
                names.Now, [id.ToString()], ElasticJson.Default.MultiGetAnswerShownImage, ct);
            return got[0].Source?.Doc;
        }
        var found = await client.Search(names.Both, json =>
        {
            json.WriteNumber("size", 1);
            json.WriteStartObject("query");
            Filter.All(
                json, filters =>
                {
                    Filter.Term(filters, "key", id.ToString());
                    Filter.Term(filters, "customer", ElasticDocument.Id(id.Customer)); // a mark of removal has none
                    Filter.Range(filters, "from_pos", null, position.Value);
                }, over => Filter.Range(over, "to_pos", null, position.Value));
            json.WriteEndObject();
        }, ElasticJson.Default.SearchAnswerShownImage, ct);
        return found.Found is [var hit, ..] ? hit.Source?.Doc : null;
    }, ct);

    public Task<ImagePage> Query(ImageQuery query, CancellationToken ct) =>
        Ask(names => new ImagePages(client, names, query).Read(ct), ct);

    public Task<Position> At(DateTimeOffset time, CancellationToken ct) => Ask(async names =>
    {
        var began = Last(names.Both, "from_at", "from_pos");
        var ended = Last(names.Was, "to_at", "to_pos");
        (long At, long Position)[] moments =
        [
            .. (await began).Found.Select(hit => (hit.Source!.FromAt, hit.Source.FromPos)),
            .. (await ended).Found.Select(hit => (hit.Source!.ToAt!.Value, hit.Source.ToPos!.Value)),
        ];
        return moments is [] ? Position.Start : new(moments.Max().Position);

        Task<SearchAnswer<Moment>> Last(string indices, string at, string position) => client.Search(indices, json =>
        {
            json.WriteNumber("size", 1);
            json.WriteStartObject("query");
            Filter.All(json, filters => Filter.Range(filters, at, null, time.UtcTicks));
            json.WriteEndObject();
            json.WriteStartArray("sort");
            foreach (var field in new[] { at, position })
            {
                json.WriteStartObject();
                json.WriteString(field, "desc");
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }, ElasticJson.Default.SearchAnswerMoment, ct);
    }, ct);

    /// <summary>Of the live generation; again when another became live meanwhile and this one was dropped.</summary>
    private async Task<T> Ask<T>(Func<IndexNames, Task<T>> ask, CancellationToken ct)
    {
        var names = await Live(ct);
        try
        {
            return await ask(names);
        }
        catch (ElasticException e)
        {
            // An index and its points in time are gone with their generation.
            store.Refresh();
            if (await Live(ct) is var now && now != names) return await ask(now);
            if (e.IsLostIndex)
            {
                var what = await IsMade(ct) ? "lost: dlcs rebuild images" : "not made yet";
                throw new IndexUnavailableException($"the index {names.Now} is {what}", e);
            }
            // It forgot a point in time when it was started again, a shard failed, or it does not know what is asked.
            throw new IndexUnavailableException($"{client.Settings} could not answer: {e.Message}", e);
        }
    }

    /// <summary>Whoever feeds a new generation makes its index before anything of it is shown.</summary>
    private async Task<bool> IsMade(CancellationToken ct)
    {
        var live = (await store.Generations(ct)).Single(g => g.View == ElasticFields.Definition.Name);
        return live.Parked is not null || live.Shown > Position.Start;
    }

    private async Task<IndexNames> Live(CancellationToken ct) =>
        new(client.Settings.Prefix, await store.Live(ElasticFields.Definition.Name, ct));
}

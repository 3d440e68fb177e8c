using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Dlcs.Read.Images.Elastic;

/// <summary>The images of a query, however many: in one search where that is enough, else page by page.</summary>
internal sealed class ImagePages(ElasticClient client, IndexNames names, ImageQuery query)
{
    /// <summary>What the engine lets one search skip and take (<c>index.max_result_window</c>).</summary>
    private const int Window = 10_000;

    private const int PageSize = 5_000;

    /// <summary>
    /// Up to so many a search counts beside looking for its page. When there are more, a page that follows its order
    /// need not see them all, and they are sooner counted by themselves.
    /// </summary>
    private const int CountedBeside = 10_000;

    /// <summary>Facets are counted over all that is selected, and so all of it is looked at.</summary>
    private readonly FieldRange? behind = query.Facets is [] ? ImageOrder.Behind(query.After, query.OrderBy) : null;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly JsonTypeInfo<SearchAnswer<ShownImage>> Shown = ElasticJson.Default.SearchAnswerShownImage;

    public async Task<ImagePage> Read(CancellationToken ct)
    {
        var take = Math.Min(query.Take ?? int.MaxValue, PageSize);
        var place = ImageOrder.Place(query.After, query.OrderBy);
        if (query.AsOf is null && (long)query.Skip + take <= Window && (query.Skip is 0 || place is null))
        {
            var one = await First(Search, await Search(json => Page(json, query.Skip, take, place, first: true)));
            if (take == query.Take || one.Images.Count < take) return one;
        }
        await using var pit = query.AsOf is null
            ? await PointInTime.Open(client, names.Now, ct) : await Settled(ct);
        return await Read(pit, place, ct);

        Task<SearchAnswer<ShownImage>> Search(Action<Utf8JsonWriter> search) =>
            client.Search(names.Now, search, Shown, ct);
    }

    private async Task<ImagePage> Read(PointInTime pit, Action<Utf8JsonWriter>? place, CancellationToken ct)
    {
        ImagePage? all = null;
        for (var left = query.Skip; left > 0;)
        {
            var hop = await Next(Math.Min(left, Window), source: false);
            all ??= await First(Search, hop);
            if (hop.Found.Count < Math.Min(left, Window)) return all with { Images = [] };
            left -= hop.Found.Count;
        }
        var images = new List<ImageView>();
        while (true)
        {
            var size = Math.Min((query.Take ?? int.MaxValue) - images.Count, PageSize);
            var page = await Next(size, source: true);
            all ??= await First(Search, page);
            images.AddRange(Views(page));
            if (page.Found.Count < size || images.Count == query.Take) return all with { Images = images };
        }

        async Task<SearchAnswer<ShownImage>> Next(int size, bool source)
        {
            var page = await Search(json =>
            {
                json.WriteBoolean("_source", source);
                Page(json, 0, size, place, first: all is null);
            });
            if (page.Found is [.., var last]) place = ImageOrder.Place(last.Sort);
            return page;
        }

        async Task<SearchAnswer<ShownImage>> Search(Action<Utf8JsonWriter> search)
        {
            var answer = await client.Search(pit, search, Shown, ct);
            pit.Become(answer.PitId);
            return answer;
        }
    }

    /// <summary>Both indices at one moment: between the refresh of the one and of the other there is another.</summary>
    private async Task<PointInTime> Settled(CancellationToken ct)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var pit = await PointInTime.Open(client, names.Both, ct);
            var marks = await client.Search(pit, Marks, ElasticJson.Default.SearchAnswerMoment, ct);
            pit.Become(marks.PitId);
            if (marks.Found is [] || (marks.Found is [var one, var other] && one.Version == other.Version)) return pit;

            await pit.DisposeAsync();
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new IndexUnavailableException("what is and what was do not stand at the same moment yet");
            await Task.Delay(TimeSpan.FromMilliseconds(20), ct);
        }
    }

    private static void Marks(Utf8JsonWriter json)
    {
        json.WriteBoolean("_source", false);
        json.WriteBoolean("version", true);
        json.WriteStartObject("query");
        json.WriteStartObject("ids");
        json.WriteStartArray("values");
        json.WriteStringValue(ElasticDocument.Fed);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <param name="first">Whether it is also to say how many there are in all, of what kinds.</param>
    private void Page(Utf8JsonWriter json, int skip, int size, Action<Utf8JsonWriter>? place, bool first)
    {
        if (skip > 0) json.WriteNumber("from", skip);
        json.WriteNumber("size", size);
        if (first && behind is null && query.Facets is []) json.WriteNumber("track_total_hits", CountedBeside);
        else json.WriteBoolean("track_total_hits", first && behind is null);
        ImageSearch.Where(json, query, behind);
        ImageOrder.Write(json, query.OrderBy);
        if (first) ImageFacets.Write(json, query.Facets);
        if (place is null) return;
        json.WriteStartArray("search_after");
        place(json);
        json.WriteEndArray();
    }

    private async Task<ImagePage> First(
        Func<Action<Utf8JsonWriter>, Task<SearchAnswer<ShownImage>>> search, SearchAnswer<ShownImage> answer)
    {
        var total = answer.Hits?.Total is { IsAll: true } counted ? counted : (await search(Count)).Hits?.Total;
        return total is null
            ? throw new IndexUnavailableException($"{client.Settings} does not say how many images there are")
            : new(Views(answer), total.Value) { Facets = ImageFacets.Read(query.Facets, answer.Aggregations) };
    }

    private void Count(Utf8JsonWriter json)
    {
        json.WriteNumber("size", 0);
        json.WriteBoolean("track_total_hits", true);
        ImageSearch.Where(json, query);
    }

    private static List<ImageView> Views(SearchAnswer<ShownImage> answer) =>
        [.. answer.Found.Select(hit => hit.Source?.Doc).OfType<ImageView>()];
}

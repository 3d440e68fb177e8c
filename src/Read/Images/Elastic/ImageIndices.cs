using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dlcs.Kernel.Events;
using Dlcs.Read.Projecting;

namespace Dlcs.Read.Images.Elastic;

/// <summary>The indices of generations: made, made ready, shown, dropped.</summary>
internal sealed class ImageIndices(ElasticClient client)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    public ElasticClient Client => client;

    public IndexNames Names(int generation) => new(client.Settings.Prefix, generation);

    /// <summary>Makes both indices, ready to be filled. What an earlier try left of this log goes.</summary>
    /// <exception cref="ViewStoppedException">An index of that name belongs to somebody else.</exception>
    public async Task Create(IndexNames names, Guid log, CancellationToken ct)
    {
        var product = await client.Product(ct);
        foreach (var (index, feed) in new[] { (names.Now, names.NowFeed), (names.Was, names.WasFeed) })
        {
            if (await Log(index, ct) is { } owner)
            {
                if (owner != log)
                    throw new ViewStoppedException($"{client.Settings} has an index {index} of another installation: "
                        + "delete it, or set another Prefix");
                await Do(HttpMethod.Delete, index, null, ct);
            }
            var schema = IndexSchema.Filling(client.Settings, product, feed, log);
            var made = await Do(HttpMethod.Put, index, schema, ct);
            if (Member(made, "acknowledged") is not { ValueKind: JsonValueKind.True })
                throw client.Nonsense("that it is to make an index");
        }
    }

    /// <summary>The log that both indices were made from; <c>null</c> when one is missing.</summary>
    public async Task<Guid?> Log(IndexNames names, CancellationToken ct)
    {
        await client.Product(ct);
        return await Log(names.Was, ct) is null ? null : await Log(names.Now, ct);
    }

    private async Task<Guid?> Log(string index, CancellationToken ct)
    {
        try
        {
            var answer = await Do(HttpMethod.Get, $"{index}/_mapping", null, ct);
            if (Member(answer, index) is not { } mapping || Member(mapping, "mappings") is not { } mappings)
                throw client.Nonsense("which mapping an index has");
            return Member(mappings, "_meta") is { } meta && Member(meta, "log") is { } log
                && log.TryGetGuid(out var id) ? id : Guid.Empty;
        }
        catch (ElasticException e) when (e.IsLostIndex)
        {
            return null;
        }
    }

    /// <summary>From filling to living: copies, which are made from files.</summary>
    public async Task MakeReady(IndexNames names, CancellationToken ct)
    {
        await Do(HttpMethod.Post, $"{names.Both}/_flush", null, ct);
        await Do(HttpMethod.Put, $"{names.Both}/_settings", IndexSchema.Living(client.Settings), ct);
        await Refresh(names, ct);
    }

    /// <summary>Lets queries see what was written; what was first, so that no image is ever in neither.</summary>
    public async Task Refresh(IndexNames names, CancellationToken ct)
    {
        foreach (var index in new[] { names.Was, names.Now })
        {
            var shards = Member(await Do(HttpMethod.Post, $"{index}/_refresh", null, ct), "_shards");
            if (shards is not { } told || Member(told, "failed") is not { } failed || failed.GetRawText() is not "0")
                throw client.Nonsense("that it is to show what it took");
        }
    }

    /// <summary>Lets people's aliases name this generation.</summary>
    public Task Name(IndexNames names, CancellationToken ct) =>
        Do(HttpMethod.Post, "_aliases", IndexSchema.Aliases(names), ct);

    public Task Drop(IndexNames names, CancellationToken ct) =>
        Do(HttpMethod.Delete, $"{names.Both}?ignore_unavailable=true", null, ct);

    /// <summary>Those documents as they stand, whether queries see them yet or not.</summary>
    /// <exception cref="ElasticException">The index is lost.</exception>
    public async Task<IReadOnlyList<Got<TSource>>> Get<TSource>(
        string index, IReadOnlyList<string> ids,
        JsonTypeInfo<MultiGetAnswer<TSource>> type, CancellationToken ct)
    {
        var body = IndexSchema.Json(json =>
        {
            json.WriteStartArray("ids");
            foreach (var id in ids) json.WriteStringValue(id);
            json.WriteEndArray();
        });
        var answer = await client.Ask(HttpMethod.Post, $"{index}/_mget", body, type, ct);
        if (answer.Docs?.Count != ids.Count)
            throw new IndexUnavailableException($"{client.Settings} does not answer for each of {ids.Count} documents");
        return answer.Docs.FirstOrDefault(d => d.Error is not null)?.Error is { } error
            ? throw new ElasticException(
                ElasticException.IsNoIndex(error.Type ?? "") ? HttpStatusCode.NotFound
                    : HttpStatusCode.ServiceUnavailable, error.Type ?? "", error.Reason ?? "")
            : answer.Docs;
    }

    /// <summary>Those images as they were after <paramref name="after"/>, of those that have changed since.</summary>
    public async Task<IReadOnlyList<StoredImage>> Before(
        IndexNames names, string[] keys, Position after, CancellationToken ct)
    {
        var answer = await client.Search(names.Was, json =>
        {
            json.WriteNumber("size", keys.Length);
            json.WriteStartObject("query");
            Filter.All(json, filters =>
            {
                Filter.Any(filters, "key", keys);
                Filter.Range(filters, "from_pos", null, after.Value);
                Filter.Range(filters, "to_pos", after.Value + 1, null);
            });
            json.WriteEndObject();
        }, ElasticJson.Default.SearchAnswerStoredImage, ct);
        return [.. answer.Found.Select(hit => hit.Source!)];
    }

    /// <summary>How far an index was fed.</summary>
    public async Task<Checkpoint> Fed(string index, CancellationToken ct) =>
        Fed((await Get(index, [ElasticDocument.Fed], ElasticJson.Default.MultiGetAnswerStoredImage, ct))[0]);

    /// <summary>The same, of its mark.</summary>
    public static Checkpoint Fed(Got<StoredImage> mark) => mark.Found
        ? new(new(mark.Version), Guid.TryParse(mark.Source?.Key, out var last) ? last : null) : Checkpoint.Start;

    private static JsonElement? Member(JsonElement answer, string name) =>
        answer.ValueKind is JsonValueKind.Object && answer.TryGetProperty(name, out var member) ? member : null;

    private Task<JsonElement> Do(HttpMethod method, string path, byte[]? body, CancellationToken ct) =>
        client.Ask(method, path, body, ElasticJson.Default.JsonElement, ct, Long);
}

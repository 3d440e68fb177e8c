using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Dlcs.Read.Images.Elastic;

/// <summary>Searches: whole answers or none, never what half of the shards found.</summary>
internal static class Searching
{
    private const string Whole = "_search?allow_partial_search_results=false";

    /// <param name="members">Writes what the body holds.</param>
    /// <exception cref="ElasticException">The engine refuses it for good.</exception>
    /// <exception cref="IndexUnavailableException">It gives no answer, or none that says what was found.</exception>
    public static Task<SearchAnswer<TSource>> Search<TSource>(
        this ElasticClient client, string indices, Action<Utf8JsonWriter> members,
        JsonTypeInfo<SearchAnswer<TSource>> type, CancellationToken ct) =>
        client.Search($"{indices}/{Whole}", IndexSchema.Json(members), type, ct);

    public static Task<SearchAnswer<TSource>> Search<TSource>(
        this ElasticClient client, PointInTime pit, Action<Utf8JsonWriter> members,
        JsonTypeInfo<SearchAnswer<TSource>> type, CancellationToken ct) =>
        client.Search(Whole, IndexSchema.Json(json =>
        {
            json.WriteStartObject("pit");
            json.WriteString("id", pit.Id);
            json.WriteString("keep_alive", "1m");
            json.WriteEndObject();
            members(json);
        }), type, ct);

    /// <summary>An answer without hits would be taken for one that found nothing.</summary>
    private static async Task<SearchAnswer<TSource>> Search<TSource>(
        this ElasticClient client, string path, byte[] body,
        JsonTypeInfo<SearchAnswer<TSource>> type, CancellationToken ct)
    {
        var answer = await client.Ask(HttpMethod.Post, path, body, type, ct);
        if (answer.Hits?.Hits is null) throw client.Nonsense("a search");
        return !answer.IsPart ? answer
            : throw new IndexUnavailableException($"{client.Settings} answers for some of its shards only");
    }
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Dlcs.Read.Images.Elastic;

/// <summary>Searches: whole answers or none, never what half of the shards found.</summary>
internal static class Searching
{
    private const string Whole = "_search?allow_partial_search_results=false";

    /// <param name="members">Writes what the body holds.</param>
    public static Task<SearchAnswer<TSource>> Search<TSource>(
        this ElasticClient client, string indices, Action<Utf8JsonWriter> members,
        JsonTypeInfo<SearchAnswer<TSource>> type, CancellationToken ct) =>
        client.Ask(HttpMethod.Post, $"{indices}/{Whole}", IndexSchema.Json(members), type, ct);

    public static Task<SearchAnswer<TSource>> Search<TSource>(
        this ElasticClient client, PointInTime pit, Action<Utf8JsonWriter> members,
        JsonTypeInfo<SearchAnswer<TSource>> type, CancellationToken ct) =>
        client.Ask(HttpMethod.Post, Whole, IndexSchema.Json(json =>
        {
            json.WriteStartObject("pit");
            json.WriteString("id", pit.Id);
            json.WriteString("keep_alive", "1m");
            json.WriteEndObject();
            members(json);
        }), type, ct);
}

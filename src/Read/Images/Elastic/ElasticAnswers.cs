using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dlcs.Read.Images.Elastic;

/// <summary>The answers of the engine, as far as they are read; names on the wire are snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RootAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(BulkAnswer))]
[JsonSerializable(typeof(MultiGetAnswer<StoredImage>))]
[JsonSerializable(typeof(MultiGetAnswer<ShownImage>))]
[JsonSerializable(typeof(SearchAnswer<StoredImage>))]
[JsonSerializable(typeof(SearchAnswer<ShownImage>))]
[JsonSerializable(typeof(SearchAnswer<Moment>))]
[JsonSerializable(typeof(PointInTimeAnswer))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ElasticJson : JsonSerializerContext;

/// <summary><c>GET /</c></summary>
internal sealed record RootAnswer(EngineVersion? Version);

/// <param name="Distribution">Only OpenSearch names itself so.</param>
internal sealed record EngineVersion(string? Number, string? Distribution);

/// <param name="Error">An object; of some errors only a sentence.</param>
internal sealed record ErrorAnswer(JsonElement Error);

internal sealed record BulkAnswer(bool? Errors, IReadOnlyList<BulkItem>? Items);

internal sealed record BulkItem(BulkResult? Index);

internal sealed record BulkResult(int Status, ItemError? Error);

internal sealed record ItemError(string? Type, string? Reason);

internal sealed record MultiGetAnswer<TSource>(IReadOnlyList<Got<TSource>>? Docs);

/// <param name="Version">The position of the log at which it became so.</param>
internal sealed record Got<TSource>(
    [property: JsonPropertyName("_id")] string Id, bool Found,
    [property: JsonPropertyName("_version")] long Version,
    [property: JsonPropertyName("_source")] TSource? Source, ItemError? Error);

/// <param name="PitId">Of the point in time that was searched: it may be another one each time.</param>
internal sealed record SearchAnswer<TSource>(
    HitsAnswer<TSource>? Hits, string? PitId, IReadOnlyDictionary<string, Counted>? Aggregations,
    bool TimedOut = false, [property: JsonPropertyName("_shards")] ShardsAnswer? Shards = null)
{
    /// <summary>Whether some of it was not looked at.</summary>
    [JsonIgnore]
    public bool IsPart => TimedOut || Shards is { Failed: > 0 };

    [JsonIgnore]
    public IReadOnlyList<Hit<TSource>> Found => Hits?.Hits ?? [];
}

internal sealed record ShardsAnswer(int Failed);

internal sealed record HitsAnswer<TSource>(TotalAnswer? Total, IReadOnlyList<Hit<TSource>>? Hits);

/// <param name="Relation"><c>gte</c>: it was counted only so far.</param>
internal sealed record TotalAnswer(long Value, string? Relation)
{
    [JsonIgnore]
    public bool IsAll => Relation is not "gte";
}

/// <param name="Sort">Where it stands in the order; absent when nothing is ordered.</param>
internal sealed record Hit<TSource>(
    [property: JsonPropertyName("_id")] string Id, [property: JsonPropertyName("_version")] long Version,
    [property: JsonPropertyName("_source")] TSource? Source, IReadOnlyList<JsonElement>? Sort);

/// <param name="Short">Of those only that are no beginnings of longer ones.</param>
internal sealed record Counted(IReadOnlyList<Bucket>? Buckets, Counted? Short);

/// <param name="Key">Text or number; of flags 1 and 0.</param>
internal sealed record Bucket(JsonElement Key, long DocCount)
{
    [JsonIgnore]
    public FieldValue Value =>
        Key.ValueKind is JsonValueKind.String ? new(Key.GetString(), 0) : new(null, Key.GetInt64());
}

/// <param name="Id">Elasticsearch's name for it.</param>
/// <param name="PitId">OpenSearch's.</param>
internal sealed record PointInTimeAnswer(string? Id, string? PitId);

/// <summary>An image as queries show it.</summary>
internal sealed record ShownImage([property: JsonConverter(typeof(ViewConverter))] ImageView? Doc);

/// <summary>An image with the very bytes that were stored; without them it is a mark that it was removed.</summary>
internal sealed record StoredImage(
    string? Key, long FromPos, long FromAt, [property: JsonConverter(typeof(RawConverter))] byte[]? Doc);

/// <summary>Where in the log, and when.</summary>
internal sealed record Moment(long FromPos, long? ToPos, long FromAt, long? ToAt);

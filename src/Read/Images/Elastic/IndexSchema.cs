using System.Buffers;
using System.Text.Json;

namespace Dlcs.Read.Images.Elastic;

/// <summary>What an index is made of. Nothing is found out from documents: an unknown field is refused.</summary>
internal static class IndexSchema
{
    private const string SegmentsPerTier = "merge.policy.segments_per_tier";
    private const string SegmentsAtOnce = "merge.policy.max_merge_at_once";

    /// <summary>
    /// For filling, while nobody asks. Every write is on disk when it is answered: what was answered is not sent again.
    /// </summary>
    public static byte[] Filling(
        ElasticSettings settings, ElasticProduct product, string feed, Guid log) => Json(json =>
    {
        var looked = product.LooksAtIndexedOnly ? (Action?)null : () => json.WriteBoolean("index", false);
        json.WriteStartObject("settings");
        json.WriteNumber("number_of_shards", settings.Shards);
        json.WriteNumber("number_of_replicas", 0);
        json.WriteString("refresh_interval", "-1");
        json.WriteString("translog.durability", "request");
        json.WriteNumber(SegmentsPerTier, 40); // fewer merges: what was merged is merged again
        json.WriteNumber(SegmentsAtOnce, 40);
        json.WriteEndObject();

        json.WriteStartObject("mappings");
        json.WriteString("dynamic", "strict");
        json.WriteStartObject("_meta");
        json.WriteString("log", log); // whose events it holds
        json.WriteEndObject();
        json.WriteStartObject("properties");
        Field(json, "key", "keyword", () => json.WriteBoolean("doc_values", false)); // only found by
        Field(json, "customer", "keyword");
        foreach (var name in (string[])["from_at", "to_at"]) Field(json, name, "long");
        foreach (var name in (string[])["from_pos", "to_pos"]) Field(json, name, "long", looked);
        foreach (var field in ImageFields.All) Field(json, field, looked);
        Field(json, "ready", "boolean");
        Field(json, ElasticFields.Words, "text", () =>
        {
            json.WriteString("analyzer", "whitespace"); // they are words already
            json.WriteBoolean("norms", false);
            json.WriteStartObject("index_prefixes"); // a beginning is looked up, not spelled out into all its words
            json.WriteNumber("min_chars", 1);
            json.WriteNumber("max_chars", WordSearch.KnownBeginning);
            json.WriteEndObject();
        });
        Field(json, "doc", "object", () => json.WriteBoolean("enabled", false)); // kept as it is, not looked into
        json.WriteEndObject();
        json.WriteEndObject();

        json.WriteStartObject("aliases");
        json.WriteStartObject(feed);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>
    /// For living on, with copies. It is still the projector alone that refreshes, so that both indices show the same
    /// moment.
    /// </summary>
    public static byte[] Living(ElasticSettings settings) => Json(json =>
    {
        json.WriteStartObject("index");
        json.WriteNumber("number_of_replicas", settings.Replicas);
        json.WriteNull(SegmentsPerTier); // as the engine has it: it merges on, beside the queries
        json.WriteNull(SegmentsAtOnce);
        json.WriteEndObject();
    });

    /// <summary>Points both aliases at these indices and at no others, in one step.</summary>
    public static byte[] Aliases(IndexNames names) => Json(json =>
    {
        json.WriteStartArray("actions");
        foreach (var (alias, index) in new[] { (names.Alias, names.Now), (names.AliasWas, names.Was) })
        {
            Action("remove", "*", alias); // where there is none, what is added makes that no fault
            Action("add", index, alias);
        }
        json.WriteEndArray();

        void Action(string what, string index, string alias)
        {
            json.WriteStartObject();
            json.WriteStartObject(what);
            json.WriteString("index", index);
            json.WriteString("alias", alias);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    });

    /// <summary>Texts are compared as they are: they are never analysed.</summary>
    /// <param name="looked">Of a number that is not found by, but looked at where something else was.</param>
    private static void Field(Utf8JsonWriter json, FieldDefinition field, Action? looked)
    {
        if (ElasticFields.IsLooked(field)) Field(json, field.Column, "long", looked);
        else if (field.Kind is FieldKind.Text or FieldKind.LongText or FieldKind.Texts)
            Field(json, field.Column, "keyword");
        else Field(json, field.Column, field.Kind is FieldKind.Flag ? "boolean" : "long");
        if (field.Kind is FieldKind.LongText) Field(json, ElasticFields.Whole(field), "keyword");
    }

    private static void Field(Utf8JsonWriter json, string name, string type, Action? more = null)
    {
        json.WriteStartObject(name);
        json.WriteString("type", type);
        more?.Invoke();
        json.WriteEndObject();
    }

    /// <param name="members">Writes what stands between the braces.</param>
    public static byte[] Json(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}

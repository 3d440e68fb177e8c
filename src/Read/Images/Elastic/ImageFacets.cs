using System.Text.Json;

namespace Dlcs.Read.Images.Elastic;

/// <summary>The most frequent values of fields, counted by the engine.</summary>
internal static class ImageFacets
{
    /// <summary>The empty text may be among them, which is no value.</summary>
    private const int Size = Facet.Most + 1;

    /// <summary>Of a beginning: the texts that begin so.</summary>
    private const string Whole = "whole";

    public static void Write(Utf8JsonWriter json, IReadOnlyList<ImageField> facets)
    {
        if (facets is []) return;
        json.WriteStartObject("aggs");
        foreach (var field in facets.Distinct().Select(ImageFields.Of))
        {
            json.WriteStartObject(field.Column);
            Terms(json, field.Column);
            if (field.Kind is FieldKind.LongText)
            {
                json.WriteStartObject("aggs");
                json.WriteStartObject(Whole);
                Terms(json, ElasticFields.Whole(field));
                json.WriteEndObject();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Terms(Utf8JsonWriter json, string field)
    {
        json.WriteStartObject("terms");
        json.WriteString("field", field);
        json.WriteNumber("size", Size);
        json.WriteStartArray("order");
        By("_count", "desc");
        By("_key", "asc");
        json.WriteEndArray();
        json.WriteEndObject();

        void By(string what, string direction)
        {
            json.WriteStartObject();
            json.WriteString(what, direction);
            json.WriteEndObject();
        }
    }

    /// <exception cref="IndexUnavailableException">The engine did not count what it was asked for.</exception>
    public static IReadOnlyList<Facet> Read(
        IReadOnlyList<ImageField> facets, IReadOnlyDictionary<string, Counted>? counted) =>
        [.. facets.Select(field => new Facet(field, Read(counted?.GetValueOrDefault(ImageFields.Of(field).Column))))];

    private static List<FacetValue> Read(Counted? counted)
    {
        if (counted?.Buckets is not { } buckets)
            throw new IndexUnavailableException("the engine did not count what it was asked for");
        var whole = buckets.SelectMany(b => b.Whole?.Buckets is [_, ..] texts ? texts : [b]);
        if (buckets.Any(b => b.Whole?.Buckets is [_, ..]))
            whole = whole.OrderByDescending(b => b.DocCount).ThenBy(b => b.Value.Text, CodePoints.Order);
        return
        [
            .. whole.Where(b => b.Value.Text is not "").Take(Facet.Most)
                .Select(b => new FacetValue(b.Value, b.DocCount)),
        ];
    }
}

using System.Text.Json;

namespace Dlcs.Read.Images.Elastic;

/// <summary>The most frequent values of fields, counted by the engine.</summary>
internal static class ImageFacets
{
    /// <summary>The empty text may be among them, which is no value.</summary>
    private const int Size = Facet.Most + 1;

    /// <summary>Of the texts that stand whole in their column.</summary>
    private const string Short = "short";

    public static void Write(Utf8JsonWriter json, IReadOnlyList<ImageField> facets)
    {
        if (facets is []) return;
        json.WriteStartObject("aggs");
        foreach (var field in facets.Distinct().Select(ImageFields.Of))
        {
            if (field.Kind is FieldKind.LongText) Shorts(json, field);
            var whole = field.Kind is FieldKind.LongText ? ElasticFields.Whole(field) : field.Column;
            json.WriteStartObject(whole);
            Terms(json, whole);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Shorts(Utf8JsonWriter json, FieldDefinition field)
    {
        json.WriteStartObject(field.Column);
        json.WriteStartObject("filter");
        Filter.All(json, _ => { }, not => Filter.Exists(not, ElasticFields.Whole(field)));
        json.WriteEndObject();
        json.WriteStartObject("aggs");
        json.WriteStartObject(Short);
        Terms(json, field.Column);
        json.WriteEndObject();
        json.WriteEndObject();
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
        [.. facets.Select(field => new Facet(field, Read(ImageFields.Of(field), counted)))];

    private static List<FacetValue> Read(FieldDefinition field, IReadOnlyDictionary<string, Counted>? counted)
    {
        var own = counted?.GetValueOrDefault(field.Column);
        var found = Buckets(own?.Short ?? own);
        if (field.Kind is FieldKind.LongText
            && Buckets(counted?.GetValueOrDefault(ElasticFields.Whole(field))) is [_, ..] whole)
        {
            found = [.. found.Concat(whole).OrderByDescending(b => b.DocCount)
                .ThenBy(b => b.Value.Text, CodePoints.Order)];
        }
        return
        [
            .. found.Where(b => b.Value.Text is not "").Take(Facet.Most)
                .Select(b => new FacetValue(b.Value, b.DocCount)),
        ];
    }

    private static IReadOnlyList<Bucket> Buckets(Counted? counted) => counted?.Buckets
        ?? throw new IndexUnavailableException("the engine did not count what it was asked for");
}

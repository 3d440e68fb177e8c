using System.Text.Json;

namespace Dlcs.Read.Images.Elastic;

/// <summary>The most frequent values of fields, counted by the engine.</summary>
internal static class ImageFacets
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ImageField> facets)
    {
        if (facets is []) return;
        json.WriteStartObject("aggs");
        foreach (var field in facets.Distinct())
        {
            json.WriteStartObject(ImageFields.Name(field));
            json.WriteStartObject("terms");
            json.WriteString("field", ImageFields.Name(field));
            json.WriteNumber("size", Facet.Most + 1); // the empty text may be among them
            json.WriteStartArray("order");
            By("_count", "desc");
            By("_key", "asc");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }
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
        [.. facets.Select(field => new Facet(field, Read(counted?.GetValueOrDefault(ImageFields.Name(field)))))];

    private static List<FacetValue> Read(Counted? counted) => counted?.Buckets is not { } buckets
        ? throw new IndexUnavailableException("the engine did not count what it was asked for")
        :
        [
            .. buckets.Where(b => b.Value.Text is not "").Take(Facet.Most)
                .Select(b => new FacetValue(b.Value, b.DocCount)),
        ];
}

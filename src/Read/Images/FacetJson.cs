using System.Text.Json;
using Dlcs.Read.Api;

namespace Dlcs.Read.Images;

/// <summary>Facets beside the members of a collection: <c>{"tags":[{"value":"recto","count":3}, …]}</c>.</summary>
internal static class FacetJson
{
    /// <summary>Nothing where none were asked for.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Facet> facets, int customer, Urls urls)
    {
        if (facets is []) return;
        json.WriteStartObject("facets");
        foreach (var (field, values) in facets)
        {
            json.WriteStartArray(QueryFields.Name(field));
            foreach (var (value, count) in values)
            {
                json.WriteStartObject();
                json.WritePropertyName("value");
                Write(json, field, value, customer, urls);
                json.WriteNumber("count", count);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>In the form that selects it: what is shown can be asked for.</summary>
    private static void Write(Utf8JsonWriter json, ImageField field, FieldValue value, int customer, Urls urls)
    {
        if (field is ImageField.Roles) json.WriteStringValue(urls.Role(customer, value.Text ?? ""));
        else if (field is ImageField.Ingesting) json.WriteBooleanValue(value.Number is not 0);
        else if (value.Text is { } text) json.WriteStringValue(text);
        else json.WriteNumberValue(value.Number);
    }
}

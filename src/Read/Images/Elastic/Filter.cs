using System.Text.Json;

namespace Dlcs.Read.Images.Elastic;

/// <summary>The few kinds of filters that queries are made of, as the engine reads them.</summary>
internal static class Filter
{
    /// <summary>All of those must hold, and none of the others.</summary>
    public static void All(Utf8JsonWriter json, Action<Utf8JsonWriter> filters, Action<Utf8JsonWriter>? not = null)
    {
        json.WriteStartObject("bool");
        json.WriteStartArray("filter");
        filters(json);
        json.WriteEndArray();
        if (not is not null)
        {
            json.WriteStartArray("must_not");
            not(json);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>One of those must hold.</summary>
    public static void Either(Utf8JsonWriter json, Action<Utf8JsonWriter> filters) => One(json, "bool", () =>
    {
        json.WriteStartArray("should");
        filters(json);
        json.WriteEndArray();
    });

    public static void None(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("match_none");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void Term(Utf8JsonWriter json, string field, string value) =>
        One(json, "term", () => json.WriteString(field, value));

    public static void Term(Utf8JsonWriter json, string field, long value) =>
        One(json, "term", () => json.WriteNumber(field, value));

    public static void Term(Utf8JsonWriter json, string field, bool value) =>
        One(json, "term", () => json.WriteBoolean(field, value));

    public static void Exists(Utf8JsonWriter json, string field) =>
        One(json, "exists", () => json.WriteString("field", field));

    public static void Any(Utf8JsonWriter json, string field, IReadOnlyList<string> values) =>
        Any(json, field, values, json.WriteStringValue);

    public static void Any(Utf8JsonWriter json, string field, IReadOnlyList<long> values) =>
        Any(json, field, values, json.WriteNumberValue);

    /// <summary>Both ends belong to it; what has no value is in no range.</summary>
    public static void Range(Utf8JsonWriter json, string field, long? from, long? to) => One(json, "range", () =>
    {
        json.WriteStartObject(field);
        if (from is { } least) json.WriteNumber("gte", least);
        if (to is { } most) json.WriteNumber("lte", most);
        json.WriteEndObject();
    });

    private static void Any<T>(
        Utf8JsonWriter json, string field, IReadOnlyList<T> values, Action<T> write) =>
        One(json, values is [_] ? "term" : "terms", () =>
        {
            json.WritePropertyName(field);
            if (values is not [_]) json.WriteStartArray();
            foreach (var value in values) write(value);
            if (values is not [_]) json.WriteEndArray();
        });

    private static void One(Utf8JsonWriter json, string kind, Action inner)
    {
        json.WriteStartObject();
        json.WriteStartObject(kind);
        inner();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

using System.Text.Json;

namespace Dlcs.Read.Images.Elastic;

/// <summary>The order of a query, complete with its ties, and a place in it.</summary>
internal static class ImageOrder
{
    private static readonly ImageField[] Id = [ImageField.Space, ImageField.Id];

    /// <summary>What has no value comes behind every value.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Order> orderBy)
    {
        json.WriteStartArray("sort");
        foreach (var order in Complete(orderBy))
        {
            json.WriteStartObject();
            json.WriteStartObject(ImageFields.Of(order.Field).Column);
            json.WriteString("order", order.Descending ? "desc" : "asc");
            json.WriteString("missing", order.Descending ? "_first" : "_last");
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Writes where the cursor stands, as the engine tells where a hit does.</summary>
    public static Action<Utf8JsonWriter>? Place(Cursor? cursor, IReadOnlyList<Order> orderBy) =>
        cursor is null ? null : json =>
        {
            foreach (var field in Complete(orderBy).Select(o => o.Field))
            {
                if (field is ImageField.Space) json.WriteNumberValue(cursor.Id.Space.Space);
                else if (field is ImageField.Id) json.WriteStringValue(cursor.Id.Name);
                else if (Given(field) is { Text: { } text }) json.WriteStringValue(text);
                else json.WriteNumberValue(Given(field).Number);
            }

            FieldValue Given(ImageField field) =>
                cursor.Values[orderBy.Index().First(o => o.Item.Field == field).Index];
        };

    /// <summary>
    /// Where all that stands behind the cursor lies, with what shares its place: numbers are found by an index, so that
    /// what stands before is not even looked at. <c>null</c>: this order has no such index.
    /// </summary>
    public static FieldRange? Behind(Cursor? cursor, IReadOnlyList<Order> orderBy)
    {
        if (cursor is null || orderBy is []) return null;
        var (field, descending) = orderBy[0];
        var definition = ImageFields.Of(field);
        var isFound = definition.Kind is FieldKind.Number or FieldKind.Id or FieldKind.Time
            && !definition.MayLack && !ElasticFields.IsLooked(definition);
        return !isFound ? null : descending ? new(field, null, cursor.Values[0]) : new(field, cursor.Values[0], null);
    }

    public static Action<Utf8JsonWriter> Place(IReadOnlyList<JsonElement>? sort) => json =>
    {
        foreach (var value in sort ?? []) value.WriteTo(json);
    };

    private static IEnumerable<Order> Complete(IReadOnlyList<Order> orderBy)
    {
        var down = orderBy is [.., { Descending: true }];
        return orderBy.Concat(Id.Select(f => new Order(f, down))).DistinctBy(o => o.Field);
    }
}

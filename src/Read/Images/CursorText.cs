using System.Buffers.Text;
using System.Text.Json;
using Dlcs.Kernel;

namespace Dlcs.Read.Images;

/// <summary>
/// A cursor as clients keep it: a JSON array of the order, its values and the id, as Base64Url. Nothing of it depends
/// on the engine or on positions, so it outlives both.
/// </summary>
internal static class CursorText
{
    /// <summary>Of what is written here: a value's beginning and a name, each letter escaped.</summary>
    private const int Longest = 7_000;

    public static string Write(Cursor cursor, Order order) => Base64Url.EncodeToString(
        JsonSerializer.SerializeToUtf8Bytes<object?[]>(
            [Name(order), (object?)cursor.Values[0].Text ?? cursor.Values[0].Number, cursor.Id.ToString()]));

    /// <returns><c>null</c>: it is no cursor, or of another order.</returns>
    public static Cursor? Read(string text, Order order)
    {
        if (text.Length > Longest || !Base64Url.IsValid(text)) return null;
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(text));
            return json.RootElement.ValueKind is JsonValueKind.Array
                && json.RootElement.EnumerateArray().ToArray() is [var name, var value, var id]
                && name.ValueKind is JsonValueKind.String && name.GetString() == Name(order)
                && id.ValueKind is JsonValueKind.String && ImageId.TryParse(id.GetString(), null, out var image)
                && !image.Name.Contains('\0')
                && Value(value, order.Field) is { } found ? new([found], image) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // half a surrogate pair
        {
            return null;
        }
    }

    private static FieldValue? Value(JsonElement value, ImageField field) => value.ValueKind switch
    {
        JsonValueKind.String when ImageFields.Of(field).IsText && !value.GetString()!.Contains('\0') =>
            new FieldValue(value.GetString(), 0),
        JsonValueKind.Number when !ImageFields.Of(field).IsText && value.TryGetInt64(out var number) =>
            new FieldValue(null, number),
        _ => null,
    };

    private static string Name(Order order) => (order.Descending ? "-" : "") + order.Field;
}

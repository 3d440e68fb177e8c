using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dlcs.Read.Images.Elastic;

/// <summary>A document that is JSON in a text of JSON, read as the view that it is.</summary>
internal sealed class ViewConverter : JsonConverter<ImageView>
{
    public override ImageView? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.Inner(json => JsonSerializer.Deserialize(json, ImageReading.View));

    public override void Write(Utf8JsonWriter writer, ImageView value, JsonSerializerOptions options) =>
        writer.WriteStringValue(JsonSerializer.SerializeToUtf8Bytes(value, ReadJson.Default.ImageView));
}

/// <summary>A document that is JSON in a text of JSON, byte by byte as it was before it became one.</summary>
internal sealed class RawConverter : JsonConverter<byte[]>
{
    public override byte[]? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.Inner(json => json.ToArray());

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}

internal static class InnerJson
{
    public delegate T Reading<T>(ReadOnlySpan<byte> json);

    /// <summary>What the text at which the reader stands says; an index of old holds the document itself.</summary>
    public static T Inner<T>(this ref Utf8JsonReader text, Reading<T> read)
    {
        if (text.TokenType is JsonTokenType.StartObject)
            return read(JsonMarshal.GetRawUtf8Value(JsonElement.ParseValue(ref text)));
        var length = text.HasValueSequence ? checked((int)text.ValueSequence.Length) : text.ValueSpan.Length;
        var room = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return read(room.AsSpan(0, text.CopyString(room)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }
}

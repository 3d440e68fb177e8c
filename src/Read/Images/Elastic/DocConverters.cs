using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dlcs.Read.Images.Elastic;

/// <summary>A document that is JSON within JSON, read as the view that it is.</summary>
internal sealed class ViewConverter : JsonConverter<ImageView>
{
    public override ImageView? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, ImageReading.View);

    public override void Write(Utf8JsonWriter writer, ImageView value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, ReadJson.Default.ImageView);
}

/// <summary>A document that is JSON within JSON, byte by byte as it was written.</summary>
internal sealed class RawConverter : JsonConverter<byte[]>
{
    public override byte[]? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonMarshal.GetRawUtf8Value(JsonElement.ParseValue(ref reader)).ToArray();

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value, skipInputValidation: true);
}

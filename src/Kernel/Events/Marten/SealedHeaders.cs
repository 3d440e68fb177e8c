using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dlcs.Kernel.Events.Marten;

/// <summary>What goes into Marten's column <c>headers</c>: the sealed metadata, as it is.</summary>
/// <param name="json">UTF-8 JSON of <see cref="SealedMetadata"/>.</param>
internal sealed class SealedHeaders(byte[] json) : Dictionary<string, object>
{
    public ReadOnlySpan<byte> Json => json;
}

internal sealed class SealedHeadersConverter : JsonConverter<SealedHeaders>
{
    public override SealedHeaders Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("the log is not read through Marten");

    public override void Write(Utf8JsonWriter writer, SealedHeaders value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json, skipInputValidation: true);
}

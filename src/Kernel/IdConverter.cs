using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dlcs.Kernel;

/// <summary>Writes an id as one string: <c>2/5</c>, <c>2/5/folio-1r</c>.</summary>
public sealed class IdConverter<TId> : JsonConverter<TId> where TId : struct, IParsable<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TId.TryParse(reader.GetString(), null, out var id) ? id : throw new JsonException("not an id");

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Dlcs.Kernel.Events;

/// <summary>
/// Reads values that come again and again with other events or documents: where the same JSON was read lately, its
/// value is taken instead of another like it. That spares the parsing, and a library in memory holds each but once.
/// </summary>
/// <param name="one">How a value is read that is new.</param>
/// <typeparam name="T">An array or an object in JSON; never changed once it is read.</typeparam>
public sealed class Repeated<T>(Func<JsonTypeInfo<T>> one) : JsonConverter<T> where T : class
{
    /// <summary>How many are remembered, each by its hash: a power of two.</summary>
    private const int Places = 1024;

    /// <summary>Longer ones are rarely repeated.</summary>
    private const int MostBytes = 1024;

    private readonly Remembered?[] remembered = new Remembered?[Places];

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.HasValueSequence) return JsonSerializer.Deserialize(ref reader, one());

        var end = reader;
        end.Skip();
        var length = (int)(end.BytesConsumed - reader.TokenStartIndex);
        if (length > MostBytes) return JsonSerializer.Deserialize(ref reader, one());

        var json = Whole(ref reader, length);
        var hash = new HashCode();
        hash.AddBytes(json);
        ref var place = ref remembered[hash.ToHashCode() & (Places - 1)];
        if (place is { } known && json.SequenceEqual(known.Json))
        {
            reader = end;
            return known.Value;
        }
        var value = JsonSerializer.Deserialize(ref reader, one());
        if (value is not null) place = new(json.ToArray(), value);
        return value;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, one());

    /// <summary>The value's own bytes: they follow its first token, in one piece.</summary>
    private static ReadOnlySpan<byte> Whole(ref Utf8JsonReader reader, int length) =>
        MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetReference(reader.ValueSpan), length);

    private sealed record Remembered(byte[] Json, T Value);
}

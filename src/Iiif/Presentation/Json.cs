using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dlcs.Iiif.Presentation;

/// <summary>What both versions of a manifest write alike.</summary>
internal static class Json
{
    /// <summary>Canvases between two flushes: some 50 kB.</summary>
    private const int Stretch = 16;

    /// <summary>The least escaping: it is sent as JSON with <c>nosniff</c>, never within HTML.</summary>
    public static JsonWriterOptions Options { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    extension(Utf8JsonWriter json)
    {
        /// <summary>Hands on what was written, now and then, at the client's pace.</summary>
        public async ValueTask Send(PipeWriter pipe, int written, CancellationToken ct)
        {
            if (written % Stretch is not Stretch - 1) return;
            json.Flush();
            await pipe.FlushAsync(ct);
        }

        public void WriteSize(Pixels size)
        {
            json.WriteNumber("height"u8, size.Height);
            json.WriteNumber("width"u8, size.Width);
        }

        public void WriteSizes(Pixels? size, IReadOnlyList<Pixels> sizes)
        {
            if (size is { } whole) json.WriteSize(whole);
            if (sizes is []) return;
            json.WriteStartArray("sizes"u8);
            foreach (var one in sizes)
            {
                json.WriteStartObject();
                json.WriteSize(one);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
    }
}

using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dlcs.Write.Bodies;

/// <summary>The JSON of a request's body, or what to answer when there is none to be had.</summary>
public readonly record struct JsonBody(JsonElement Root, IResult? Refusal)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <param name="limit">Most bytes, uploaded files aside.</param>
    /// <param name="uploads">Takes the files; absent where none are taken.</param>
    /// <param name="uploadBytes">Most bytes of the files, decoded.</param>
    /// <exception cref="Kernel.Storage.StorageUnavailableException">There is no room for the files.</exception>
    public static async ValueTask<JsonBody> Read(
        HttpContext http, int limit, Uploads? uploads = null, long uploadBytes = 0)
    {
        var request = http.Request;
        if (request.ContentType is { } type && !type.Contains("json", StringComparison.OrdinalIgnoreCase))
            return new(default, Answers.NotJson(type));

        var most = limit + (uploadBytes / 3 * 4) + (uploadBytes / 16); // base64, with room for line breaks
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = most;
        if (request.ContentLength > most) return TooLarge(most);

        var text = new ArrayBufferWriter<byte>();
        var scanner = uploads is null ? null : new FileScanner(text, uploads);
        var (body, read) = (request.BodyReader, 0L);
        while (true)
        {
            var part = await body.ReadAsync(http.RequestAborted);
            try
            {
                foreach (var segment in part.Buffer)
                {
                    if (scanner is null) text.Write(segment.Span);
                    else scanner.Feed(segment.Span);
                }
                read += part.Buffer.Length;
            }
            finally
            {
                body.AdvanceTo(part.Buffer.End); // whatever failed: else no other request could use the connection
            }

            if (uploads?.TooLarge is { } reason) return new(default, Answers.TooLarge(reason));
            if (text.WrittenCount > limit || read > most) return TooLarge(limit);
            if (part.IsCompleted) return Parse(text.WrittenMemory, scanner);
        }
    }

    private static JsonBody Parse(ReadOnlyMemory<byte> json, FileScanner? scanner)
    {
        var mark = json.Span.StartsWith("\uFEFF"u8) ? 3 : 0; // a byte order mark, which some editors leave
        if (json.Length == mark) return Invalid("the body is empty: a JSON object is needed");
        if (!Utf8.IsValid(json.Span)) return Invalid("the body is not UTF-8");
        try
        {
            using var document = JsonDocument.Parse(json[mark..], Strict);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? new(document.RootElement.Clone(), Refusal: null)
                : Invalid("the body must be a JSON object");
        }
        catch (InvalidOperationException)
        {
            return Invalid("the body has a name that is not valid Unicode"); // half a surrogate pair
        }
        catch (JsonException e)
        {
            return Invalid(e.BytePositionInLine is null
                ? $"the body is not JSON: {e.Message}"
                : $"the body is not JSON: {What(e)} at {Place(e, json.Span, mark, scanner)}");
        }
    }

    /// <summary>Line and byte, both from 1, in the body as it was sent.</summary>
    private static string Place(JsonException e, ReadOnlySpan<byte> json, int mark, FileScanner? scanner)
    {
        var start = e.LineNumber > 0 ? 0 : mark;
        for (var line = 0; line < e.LineNumber; line++) start += json[start..].IndexOf((byte)'\n') + 1;
        var (at, begins) = (start + e.BytePositionInLine!.Value, (long)start);
        var column = scanner is null ? at - begins : scanner.Original(at) - scanner.Original(begins);
        return FormattableString.Invariant($"line {e.LineNumber + 1}, byte {column + 1}");
    }

    private static string What(JsonException e) => e.Message.Split(" LineNumber:")[0].TrimEnd('.');

    private static JsonBody Invalid(string fault) => new(default, Answers.Invalid([fault]));

    private static JsonBody TooLarge(long limit) =>
        new(default, Answers.TooLarge(FormattableString.Invariant($"the body is over {limit} bytes")));
}

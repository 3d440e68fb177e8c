using System.IO.Compression;
using System.IO.Pipelines;
using Dlcs.Iiif.ImageApi.Serving;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Iiif.Presentation;

/// <summary>Sends documents that are written while they are sent.</summary>
internal static class Sending
{
    /// <summary>
    /// Whoever keeps a manifest asks again before using it, which costs a query and no manifest: who adds a page sees
    /// it at once. Shared caches may answer from memory for some seconds, so that a crowd costs one query.
    /// </summary>
    private const string CacheControl = "public, max-age=0, s-maxage=10, must-revalidate";

    /// <summary>Bytes. Canvases resemble each other: in small pieces they compress ten times less.</summary>
    private const int Piece = 64 * 1024;

    /// <summary>Sends a body that is there, with its length, unless the client has it already.</summary>
    public static Task Send(HttpContext http, string tag, string contentType, ReadOnlyMemory<byte> body)
    {
        if (Has(http, tag)) return Task.CompletedTask;
        http.Response.ContentType = contentType;
        return Headers.Send(http, body);
    }

    /// <summary>Writes the body unless the client has it already, or asked for the head alone.</summary>
    /// <param name="tag">Of this very form of the document, its coding included.</param>
    /// <param name="coding"><c>br</c> or <c>gzip</c>; <c>null</c> sends the bytes as they are written.</param>
    public static async Task Send(
        HttpContext http, string tag, string contentType, string? coding, Func<PipeWriter, Task> write)
    {
        if (Has(http, tag)) return;
        var response = http.Response;
        response.ContentType = contentType;
        if (coding is not null) response.Headers.ContentEncoding = coding;
        if (HttpMethods.IsHead(http.Request.Method)) return;
        await (coding is null ? write(response.BodyWriter) : Compress(response.Body, coding, write));
    }

    /// <summary>Whether the client has it already: then that is the answer.</summary>
    private static bool Has(HttpContext http, string tag)
    {
        var headers = http.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = CacheControl;
        headers.XContentTypeOptions = "nosniff";
        if (!Headers.Has(http.Request, tag)) return false;

        Headers.NotModified(http.Response);
        return true;
    }

    private static async Task Compress(Stream body, string coding, Func<PipeWriter, Task> write)
    {
        await using Stream compressed = coding is "br"
            ? new BrotliStream(body, CompressionLevel.Optimal, leaveOpen: true)
            : new GZipStream(body, CompressionLevel.Optimal, leaveOpen: true);
        var pipe = PipeWriter.Create(compressed, new(minimumBufferSize: Piece, leaveOpen: true));
        await write(pipe);
        await pipe.CompleteAsync();
    }
}

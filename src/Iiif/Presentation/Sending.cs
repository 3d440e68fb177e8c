using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dlcs.Iiif.Presentation;

/// <summary>What all answers of the Presentation API have in common over HTTP.</summary>
internal static class Sending
{
    /// <summary>
    /// Whoever keeps a manifest asks again before using it, which costs a query and no manifest: who adds a page sees
    /// it at once. Shared caches may answer from memory for some seconds, so that a crowd costs one query.
    /// </summary>
    private const string CacheControl = "public, max-age=0, s-maxage=10, must-revalidate";

    /// <summary>Bytes. Canvases resemble each other: in small pieces they compress ten times less.</summary>
    private const int Piece = 64 * 1024;

    extension(HttpContext context)
    {
        /// <summary>Writes the body unless the client has it already, or asked for the head alone.</summary>
        /// <param name="tag">Of this very form of the document, its coding included.</param>
        /// <param name="coding"><c>br</c> or <c>gzip</c>; <c>null</c> sends the bytes as they are written.</param>
        public async Task Send(
            EntityTagHeaderValue tag, string contentType, string? coding, Func<PipeWriter, Task> write)
        {
            var response = context.Response;
            response.Headers.ETag = tag.ToString();
            response.Headers.CacheControl = CacheControl;
            if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => Matches(known, tag)))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
            response.ContentType = contentType;
            if (coding is not null) response.Headers.ContentEncoding = coding;
            if (HttpMethods.IsHead(context.Request.Method)) return;
            await (coding is null ? write(response.BodyWriter) : Compress(response.Body, coding, write));
        }

        /// <summary>An error, as a sentence for the person who reads it.</summary>
        public Task Refuse(int status, string sentence)
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/plain; charset=utf-8";
            context.Response.Headers.CacheControl = "no-store";
            return HttpMethods.IsHead(context.Request.Method)
                ? Task.CompletedTask : context.Response.WriteAsync(sentence + "\n", context.RequestAborted);
        }

        /// <summary>Any page of any site may read what is public.</summary>
        public void AllowAnyOrigin()
        {
            var headers = context.Response.Headers;
            headers.AccessControlAllowOrigin = "*";
            headers.AccessControlExposeHeaders = "ETag";
            headers.XContentTypeOptions = "nosniff";
        }

        /// <summary>Answers what a browser asks before it asks.</summary>
        public void AnswerOptions()
        {
            var headers = context.Response.Headers;
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            headers.Allow = "GET, HEAD, OPTIONS";
            headers.AccessControlAllowMethods = "GET, HEAD, OPTIONS";
            headers.AccessControlAllowHeaders = "Accept, Authorization, Content-Type, If-None-Match";
            headers.AccessControlMaxAge = "86400";
        }
    }

    private static bool Matches(EntityTagHeaderValue known, EntityTagHeaderValue tag) =>
        known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false);

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

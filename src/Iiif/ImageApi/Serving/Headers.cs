using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Dlcs.Iiif.ImageApi.Serving;

/// <summary>The headers that answers of the public host share.</summary>
internal static class Headers
{
    public const string OpenPixels = "public, s-maxage=2419200, max-age=2419200, stale-if-error=86400";
    public const string OpenInfo = "public, s-maxage=86400, max-age=86400, stale-if-error=86400";
    public const string ClosedPixels = "private, max-age=600";

    /// <summary>What holds now may not hold for the next request: an image is processed, a visitor logs in.</summary>
    public const string Refused = "no-store";

    /// <summary>Names the image, whatever the URL or the answer: for logs of proxies, and for purging.</summary>
    public const string AssetId = "x-asset-id";

    /// <summary>Says of a thumbnail that it lay in storage in the very size that was asked for.</summary>
    public const string ThumbMatch = "x-thumb-match";

    /// <summary>Whether the client has it already: "*" or one of the tags of <c>If-None-Match</c>.</summary>
    public static bool Has(HttpRequest request, string etag)
    {
        var sent = request.Headers.IfNoneMatch;
        if (sent.Count is 0) return false;
        if (sent.Count is 1 && string.Equals(sent[0], etag, StringComparison.Ordinal)) return true;
        return EntityTagHeaderValue.TryParseList(sent, out var tags)
            && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag.Equals(etag, StringComparison.Ordinal));
    }

    /// <summary>What all ids begin with, without a slash at the end.</summary>
    public static string BaseUrl(HttpRequest request, IiifSettings settings) => settings.Urls.PublicFor(request);

    public static void NotModified(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status304NotModified;
        response.ContentType = null;
    }

    /// <summary>
    /// Answers with one sentence of plain text; not at all when the client has gone, or half of another answer with it.
    /// </summary>
    public static Task Refuse(HttpContext http, Refusal refusal)
    {
        var (response, headers) = (http.Response, http.Response.Headers);
        if (response.HasStarted || http.RequestAborted.IsCancellationRequested) return Task.CompletedTask;

        response.StatusCode = refusal.Status;
        response.ContentType = "text/plain; charset=utf-8";
        headers.CacheControl = Refused;
        headers.XContentTypeOptions = "nosniff";
        headers.ETag = headers.Link = headers[ThumbMatch] = StringValues.Empty;
        if (refusal.Status is StatusCodes.Status503ServiceUnavailable) headers.RetryAfter = "5";
        if (refusal.Status is StatusCodes.Status401Unauthorized) headers.WWWAuthenticate = "Bearer";
        return Send(http, Encoding.UTF8.GetBytes(refusal.Sentence + "\n"));
    }

    /// <summary>The body, or for HEAD its length alone.</summary>
    public static Task Send(HttpContext http, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }
}

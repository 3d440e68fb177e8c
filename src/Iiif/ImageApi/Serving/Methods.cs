using Microsoft.AspNetCore.Http;

namespace Dlcs.Iiif.ImageApi.Serving;

/// <summary>The public host is only read.</summary>
internal static class Methods
{
    private const string Allowed = "GET, HEAD, OPTIONS";
    private static readonly Refusal OnlyRead = new(405, "This is only read: GET, HEAD and OPTIONS.");

    public static bool Reads(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    /// <summary>
    /// Answers whoever does not read. A browser asks before it asks:
    /// https://fetch.spec.whatwg.org/#cors-preflight-fetch.
    /// </summary>
    public static Task Answer(HttpContext http)
    {
        var (response, headers) = (http.Response, http.Response.Headers);
        headers.Allow = Allowed;
        if (!HttpMethods.IsOptions(http.Request.Method)) return Headers.Refuse(http, OnlyRead);

        response.StatusCode = StatusCodes.Status204NoContent;
        headers.AccessControlAllowMethods = Allowed;
        headers.AccessControlAllowHeaders = "Accept, Authorization, Content-Type, If-None-Match, Range";
        headers.AccessControlMaxAge = "86400";
        return Task.CompletedTask;
    }
}

using System.Security.Cryptography;
using Dlcs.Iiif.ImageApi.Serving;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Iiif.ImageApi;

/// <summary>Answers with an image information document.</summary>
internal static class Describing
{
    /// <param name="closed">Answered with 401, and the whole document all the same: a viewer needs it to say what is
    /// to be done.</param>
    public static Task Send(
        HttpContext http, Information information, Negotiation negotiated, string cacheControl, bool closed)
    {
        var body = information.Write(negotiated.Version);
        var headers = http.Response.Headers;
        headers.ContentType = negotiated.ContentType;
        headers.CacheControl = closed ? Headers.Refused : cacheControl;
        headers.Vary = "Accept";
        var profile = $"<{Information.Profile(negotiated.Version, information.Level)}>;rel=\"profile\"";
        headers.Link = negotiated.ContextLink is { } context ? $"{profile}, {context}" : profile;
        if (closed)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            headers.WWWAuthenticate = "Bearer";
            return Headers.Send(http, body);
        }

        var etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body.Span), 0, 12)}\"";
        headers.ETag = etag;
        if (!Headers.Has(http.Request, etag)) return Headers.Send(http, body);

        Headers.NotModified(http.Response);
        return Task.CompletedTask;
    }
}

using Dlcs.Iiif.ImageApi.Serving;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Iiif.ImageApi;

/// <summary>
/// "It is recommended that the response be a 303 status redirection to the image information document's URI":
/// https://iiif.io/api/image/2.1/#uri-syntax.
/// </summary>
internal static class Redirects
{
    public static Task ToInformation(HttpContext http, IiifSettings settings, string prefix, PublicPath path)
    {
        var version = path.Version ?? settings.DefaultVersion;
        var url = settings.UrlOf(
            prefix, version, Headers.BaseUrl(http.Request, settings), path.ImageText.ToString());
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = $"{url}/info.json";
        http.Response.Headers.CacheControl = Headers.OpenInfo;
        return Headers.Send(http, ReadOnlyMemory<byte>.Empty);
    }
}

using Microsoft.AspNetCore.Http;

namespace Dlcs.Iiif;

/// <summary>
/// Anyone's web page may use what the public host answers, errors too, and read the headers that say more than the
/// body: https://fetch.spec.whatwg.org/#http-access-control-expose-headers.
/// </summary>
public static class AnyOrigin
{
    private const string Exposed = "ETag, Link, Retry-After, x-asset-id, x-thumb-match";

    public static void Allow(HttpResponse response)
    {
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AccessControlExposeHeaders = Exposed;
    }
}

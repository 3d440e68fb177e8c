using Dlcs.Read.Api;

namespace Dlcs.Host.Http;

/// <summary>What a person sees who opens a host.</summary>
internal static class FrontPage
{
    private const string Style =
        "body { font: 16px/1.6 sans-serif; max-width: 46em; margin: 3em auto } code { white-space: nowrap }";

    /// <summary>Of the public host.</summary>
    public static void MapFrontPage(this IEndpointRouteBuilder pub) => pub.MapGet("/", Show);

    /// <summary>Of a host that has nothing but its health to show, because others serve what belongs there.</summary>
    /// <param name="what">They serve.</param>
    /// <param name="by">Which roles they have.</param>
    public static void MapNothingBut(this IEndpointRouteBuilder host, string what, string by, Roles roles) =>
        host.MapGet("/", () => Results.Text($"""
            Dlcs

            This process does not serve {what}: it takes part in {$"{roles}".ToLowerInvariant()}.
            Ask one that takes part in {by}. How this one is: /health

            """)).AllowAnonymous();

    private static IResult Show(HttpRequest request, UrlSettings urls)
    {
        var url = urls.For(request).Public;
        return Results.Content($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Dlcs</title>
            <style>{Style}</style></head>
            <body><h1>Dlcs</h1>
            <p>This host serves images and manifests by <a href="https://iiif.io/">IIIF</a>. Its addresses:</p>
            <ul>
            <li>Image API: <code>{url}/iiif-img/[v2|v3/]{"{customer}/{space}/{image}"}/info.json</code></li>
            <li>Thumbnails: <code>{url}/thumbs/{"{customer}/{space}/{image}"}/info.json</code></li>
            <li>Manifest of one image: <code>{url}/iiif-manifest/{"{customer}/{space}/{image}"}</code></li>
            <li>Manifest of a named query: <code>{url}/iiif-resource/{"{customer}/{query}/{arguments…}"}</code></li>
            </ul>
            <p>Manifests take <code>?asOf=</code> and a time, and then show what was there then.</p></body></html>
            """, "text/html; charset=utf-8");
    }
}

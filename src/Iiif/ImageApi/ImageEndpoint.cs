using Dlcs.Iiif.ImageApi.Serving;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Iiif.ImageApi;

/// <summary>The image service: its base URL, its information, its pictures.</summary>
internal sealed class ImageEndpoint(PixelsEndpoint pixels, IiifSettings settings)
{
    public const string Prefix = "/iiif-img/";
    private const string Name = "iiif-img";

    private static readonly Refusal NoSuchPart = new(
        404, "An image has info.json and region/size/rotation/quality.format; a slash within its name is %2F.");

    public Task Answer(HttpContext http, ServedImage image, PublicPath path) => path.RestText switch
    {
        "" => Redirects.ToInformation(http, settings, Name, path),
        "info.json" => Describe(http, image, path),
        var rest when rest.Count('/') is 3 => pixels.Answer(http, image, path),
        _ => Headers.Refuse(http, NoSuchPart),
    };

    private Task Describe(HttpContext http, ServedImage image, PublicPath path)
    {
        if (image.NoPyramid is { } missing) return Headers.Refuse(http, missing);
        if (path.Version == settings.DefaultVersion) return Redirects.ToInformation(http, settings, Name, path);

        var negotiated = Negotiation.Of(
            http.Request.Headers.Accept, path.Version, settings.DefaultVersion, Information.Context);
        var url = settings.UrlOf(
            Name, negotiated.Version, Headers.BaseUrl(http.Request, settings), path.ImageText.ToString());
        return Describing.Send(http, Of(image, url), negotiated, image.InfoCacheControl, image.Restrictions.Closed);
    }

    private static Information Of(ServedImage image, string url)
    {
        var (ready, limits) = (image.Ready!, image.Restrictions.Limits);
        var sizes = ListedSizes.Of(
            image.Thumbnails.Select(thumbnail => (thumbnail.Width, thumbnail.Height)), ready.Width, ready.Height,
            image.Tiles!, limits);
        return new(url, 2, ready.Width, ready.Height, limits, sizes, image.Tiles);
    }
}

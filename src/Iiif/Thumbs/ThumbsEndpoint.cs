using Dlcs.Iiif.ImageApi;
using Dlcs.Iiif.ImageApi.Pixels;
using Dlcs.Iiif.ImageApi.Serving;
using Dlcs.Read.Images;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Iiif.Thumbs;

/// <summary>A level 0 image service of the stored thumbnails: the sizes that it lists, and no other.</summary>
internal sealed class ThumbsEndpoint(Tiles tiles, IiifSettings settings)
{
    public const string Prefix = "/thumbs/";
    private const string Name = "thumbs";

    private static readonly Refusal NotLevel0 = new(
        400, "Thumbnails have info.json and full/{size}/0/default.jpg, in the sizes that info.json lists.");

    private static readonly Refusal OnlyOpenSizes = new(
        401, "This image is closed: a thumbnail of this size needs a role.");

    public Task Answer(HttpContext http, ServedImage image, PublicPath path)
    {
        if (path.RestText is "") return Redirects.ToInformation(http, settings, Name, path);
        if (image.NoThumbnails is { } missing) return Headers.Refuse(http, missing);
        return path.RestText is "info.json" ? Describe(http, image, path) : Picture(http, image, path);
    }

    private Task Describe(HttpContext http, ServedImage image, PublicPath path)
    {
        if (path.Version == settings.DefaultVersion) return Redirects.ToInformation(http, settings, Name, path);

        var open = Open(image);
        var listed = open.Count > 0 ? open : image.Thumbnails;
        var largest = listed.MaxBy(thumbnail => thumbnail.Width)!;
        var negotiated = Negotiation.Of(
            http.Request.Headers.Accept, path.Version, settings.DefaultVersion, Information.Context);
        var url = settings.UrlOf(
            Name, negotiated.Version, Headers.BaseUrl(http.Request, settings), path.ImageText.ToString());
        var information = new Information(
            url, 0, largest.Width, largest.Height, Limits: null,
            [.. listed.Select(thumbnail => (thumbnail.Width, thumbnail.Height)).Order()], Tiles: null);
        return Describing.Send(http, information, negotiated, image.InfoCacheControl, closed: open.Count is 0);
    }

    private Task Picture(HttpContext http, ServedImage image, PublicPath path)
    {
        var version = path.Version ?? settings.DefaultVersion;
        var (request, refusal) = ImageRequest.Parse(path.RestText, version);
        if (request is null) return Headers.Refuse(http, refusal!);
        if (!IsLevel0(request)) return Headers.Refuse(http, NotLevel0);

        var open = Open(image);
        if (Find(open, image, request.Size) is not { } picture)
        {
            return Headers.Refuse(http, Find(image.Thumbnails, image, request.Size) is null
                ? new(404, $"The image {image.Id} has no thumbnail of that size.")
                : OnlyOpenSizes);
        }

        var headers = http.Response.Headers;
        headers.ContentType = Format.Jpg.MediaType;
        headers.CacheControl = image.CacheControl;
        headers.ETag = image.ETag;
        headers[Headers.ThumbMatch] = "1";
        headers.Link = $"<{Information.Profile(version, 0)}>;rel=\"profile\"";
        if (!Headers.Has(http.Request, image.ETag)) return tiles.Send(http, picture);

        Headers.NotModified(http.Response);
        return Task.CompletedTask;
    }

    private static bool IsLevel0(ImageRequest request) =>
        request is { Region: Region.Full, Size: not Size.Percent and { Upscale: false }, Rotation.IsNone: true }
        && request.Quality is Quality.Default or Quality.Color && request.Format == Format.Jpg;

    private static List<ReadyThumbnail> Open(ServedImage image) => [.. image.Thumbnails.Where(
        thumbnail => image.Restrictions.Admit(whole: true, thumbnail.Width, thumbnail.Height))];

    /// <summary>The thumbnail that a size means; the largest for <c>max</c> and <c>full</c>.</summary>
    private static Stored? Find(IReadOnlyList<ReadyThumbnail> thumbnails, ServedImage image, Size size)
    {
        if (thumbnails.Count is 0) return null;
        if (size is Size.Max or Size.Full) return Stored.Of(thumbnails.MaxBy(thumbnail => thumbnail.Width)!);

        var ready = image.Ready!;
        return Framing.Of(new Region.Full(), size, ready.Width, ready.Height, Everything).Value is { } frame
            ? Pictures.Thumbnail(thumbnails, size, frame)
            : null;
    }

    private static SizeLimits Everything => new(int.MaxValue, int.MaxValue);
}

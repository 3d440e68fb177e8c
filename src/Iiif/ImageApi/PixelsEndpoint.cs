using Dlcs.Iiif.ImageApi.Pixels;
using Dlcs.Iiif.ImageApi.Serving;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Iiif.ImageApi;

/// <summary>
/// Answers an image request: as stored where a tile or a thumbnail is the very picture, made from the tiles otherwise.
/// </summary>
internal sealed class PixelsEndpoint(Tiles tiles, Renderer renderer, IiifSettings settings)
{
    private static readonly Refusal OnlyOpenSizes = new(
        401, "This image is closed: without a role, at most small sizes of the full picture can be seen.");

    private readonly Pictures pictures = new(tiles);

    public async Task Answer(HttpContext http, ServedImage image, PublicPath path)
    {
        if (image.NoPyramid is { } missing)
        {
            await Headers.Refuse(http, missing);
            return;
        }

        var version = path.Version ?? settings.DefaultVersion;
        var (request, frame, refusal) = Read(image, path.RestText, version);
        if (refusal is not null)
        {
            await Headers.Refuse(http, refusal);
            return;
        }

        await Send(http, image, request!, frame!, version);
    }

    /// <summary>Syntax, geometry, access; in that order.</summary>
    private static (ImageRequest? Request, Frame? Frame, Refusal? Refusal) Read(
        ServedImage image, ReadOnlySpan<char> text, ApiVersion version)
    {
        var (request, refusal) = ImageRequest.Parse(text, version);
        if (request is null) return (null, null, refusal);

        var (ready, restrictions) = (image.Ready!, image.Restrictions);
        (var frame, refusal) = Framing.Of(
            request.Region, request.Size, ready.Width, ready.Height, restrictions.Limits, image.Tiles!.Size);
        if (frame is null) return (null, null, refusal);

        return restrictions.Admit(frame.Whole, frame.Width, frame.Height)
            ? (request, frame, null)
            : (null, null, OnlyOpenSizes);
    }

    private async Task Send(
        HttpContext http, ServedImage image, ImageRequest request, Frame frame, ApiVersion version)
    {
        var stored = await pictures.Find(image, request, frame, http.RequestAborted);
        if (stored is { } found) frame = frame with { Width = found.Width, Height = found.Height };

        Describe(http, image, request, frame, version);
        if (Headers.Has(http.Request, image.ETag))
        {
            Headers.NotModified(http.Response);
            return;
        }

        if (stored is { } picture)
        {
            await tiles.Send(http, picture);
            return;
        }

        var (bytes, refusal) = await renderer.Render(image, request, frame, http.RequestAborted);
        await (bytes is null ? Headers.Refuse(http, refusal!) : Headers.Send(http, bytes));
    }

    private void Describe(HttpContext http, ServedImage image, ImageRequest request, Frame frame, ApiVersion version)
    {
        var headers = http.Response.Headers;
        headers.ContentType = request.Format.MediaType;
        headers.CacheControl = image.CacheControl;
        headers.ETag = image.ETag;

        var parameters = Canonical.Of(request, frame, image.Restrictions.Limits, version);
        var service = settings.UrlOf("iiif-img", version, Headers.BaseUrl(http.Request, settings), image.Path);
        headers.Link =
            $"<{service}/{parameters}>;rel=\"canonical\", <{Information.Profile(version, 2)}>;rel=\"profile\"";
    }
}

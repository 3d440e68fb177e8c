using Dlcs.Kernel.Events;
using Dlcs.Read.Images;

namespace Dlcs.Iiif.Presentation;

/// <summary>What a manifest shows of one image: pure, from what is stored and who may see it.</summary>
/// <param name="Path">Of the image in URLs: <c>2/5/folio%201r</c>.</param>
/// <param name="Canvas">The whole image.</param>
/// <param name="Body">The picture that is painted: the biggest that is open, from the store where it can be.</param>
/// <param name="OpenThumbnails">Smallest first.</param>
internal sealed record Visible(
    ImageView View, string Path, Pixels Canvas, Pixels Body, bool HasImageService,
    IReadOnlyList<Pixels> OpenThumbnails)
{
    /// <summary>The longest edge that anyone gets in one piece.</summary>
    public const int PlatformEdge = 5000;

    /// <summary>What a thumbnail in a list of canvases is best at.</summary>
    private const int ThumbnailEdge = 200;

    public Pixels? Thumbnail =>
        OpenThumbnails is [] ? null : OpenThumbnails.MinBy(t => Math.Abs(t.LongEdge - ThumbnailEdge));

    /// <summary><c>null</c> when the image has no channel that a canvas could be painted from.</summary>
    public static Visible? Of(ImageView view)
    {
        if (view.Ready is not { } ready || ready is { Pyramid: null, Thumbnails: [] }) return null;

        var canvas = new Pixels(ready.Width, ready.Height);
        var (served, open) = Edges(view.Image);
        var thumbnails = ready.Thumbnails.Select(t => new Pixels(t.Width, t.Height)).Distinct()
            .OrderBy(t => t.LongEdge).ToArray();
        Pixels[] openThumbnails = [.. thumbnails.Where(t => t.LongEdge <= open)];
        var body = openThumbnails is [.., var biggest] ? biggest
            : ready.Pyramid is null ? thumbnails[^1]
            : canvas.Within(open > 0 ? open : served);
        return new Visible(view, view.Id.Path, canvas, body, ready.Pyramid is not null, openThumbnails);
    }

    /// <summary>
    /// The longest edges of the full picture that some and that all may have, pixels. A role closes the image but for
    /// what <c>openFullMax</c> (formerly <c>maxUnauthorised</c>) opens; without one, <c>maxUnauthorised</c> is a limit
    /// like <c>maxWidth</c>, and 0 closes.
    /// </summary>
    private static (int Served, int Open) Edges(ImageDescription image)
    {
        var served = image.MaxWidth > 0 ? Math.Min(image.MaxWidth, PlatformEdge) : PlatformEdge;
        if (image.Roles is [] && image.MaxUnauthorised > 0) served = Math.Min(served, image.MaxUnauthorised);
        var opened = image.OpenFullMax > 0 ? image.OpenFullMax : Math.Max(0, image.MaxUnauthorised);
        var closed = image.Roles is not [] || image.MaxUnauthorised is 0;
        return (served, closed ? Math.Min(opened, served) : served);
    }
}

/// <summary>Width and height.</summary>
internal readonly record struct Pixels(int Width, int Height)
{
    public int LongEdge => Math.Max(Width, Height);

    /// <summary>In the same proportions, no edge longer than that; never enlarged.</summary>
    public Pixels Within(int edge) => LongEdge <= edge ? this : new(Scaled(Width, edge), Scaled(Height, edge));

    private int Scaled(int length, int edge) =>
        Math.Max(1, (int)Math.Round(length * (double)edge / LongEdge, MidpointRounding.AwayFromZero));
}

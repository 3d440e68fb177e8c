using Dlcs.Iiif.Access;
using Dlcs.Iiif.ImageApi;
using Dlcs.Read.Images;

namespace Dlcs.Iiif.Presentation;

/// <summary>What a manifest shows of one image: pure, from what is stored and who may see it.</summary>
/// <param name="Path">Of the image in URLs: <c>2/5/folio%201r</c>.</param>
/// <param name="Canvas">The whole image.</param>
/// <param name="Body">The picture that is painted: the biggest that is open, from the store where it can be.</param>
/// <param name="HasImageService">Otherwise the body is a thumbnail.</param>
/// <param name="OpenThumbnails">Smallest first.</param>
internal sealed record Visible(
    ImageView View, string Path, Pixels Canvas, Pixels Body, bool HasImageService,
    IReadOnlyList<Pixels> OpenThumbnails)
{
    /// <summary>What a thumbnail in a list of canvases is best at.</summary>
    private const int ThumbnailEdge = 200;

    public Pixels? Thumbnail =>
        OpenThumbnails is [] ? null : OpenThumbnails.MinBy(t => Math.Abs(t.LongEdge - ThumbnailEdge));

    /// <summary><c>null</c> when the image has no channel that a canvas could be painted from.</summary>
    public static Visible? Of(ImageView view, IiifSettings settings)
    {
        if (view.Ready is not { } ready) return null;

        var restrictions = Restrictions.Of(view.Openness, settings.Limits);
        var hasService = view.Pyramid is not null;
        Pixels[] thumbnails = [.. view.Thumbnails.Where(t => restrictions.Limits.Admit(t.Width, t.Height))
            .Select(t => new Pixels(t.Width, t.Height)).Distinct().OrderBy(t => t.LongEdge)];
        if (!hasService && thumbnails is []) return null;

        Pixels[] open = [.. thumbnails.Where(t => restrictions.Admit(whole: true, t.Width, t.Height))];
        var canvas = new Pixels(ready.Width, ready.Height);
        var body = open is [.., var biggest] ? biggest
            : hasService ? canvas.Within(Open(restrictions))
            : thumbnails[^1];
        return new Visible(view, view.Id.Path, canvas, body, hasService, open);
    }

    /// <summary>What everyone may have; of an image that is closed altogether, what those with its role may.</summary>
    private static SizeLimits Open(Restrictions r) => r.OpenEdge is 0 ? r.Limits : r.Limits with
    {
        Width = Math.Min(r.OpenEdge, r.Limits.Width),
        Height = Math.Min(r.OpenEdge, r.Limits.Height),
    };
}

/// <summary>Width and height.</summary>
internal readonly record struct Pixels(int Width, int Height)
{
    public int LongEdge => Math.Max(Width, Height);

    /// <summary>The largest in the same proportions that the limits admit; never enlarged.</summary>
    public Pixels Within(SizeLimits limits)
    {
        var (width, height) = Framing.Largest(new Rectangle(0, 0, Width, Height), limits);
        return new(width, height);
    }
}

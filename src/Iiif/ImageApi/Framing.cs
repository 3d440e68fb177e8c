using Dlcs.Iiif.ImageApi.Pixels;
using Dlcs.Kernel.Storage.Pyramids;

namespace Dlcs.Iiif.ImageApi;

/// <summary>The geometry of a request: region, then size. Pure, and the same for both versions of the API.</summary>
public static class Framing
{
    /// <param name="width">Pixels of the full picture.</param>
    /// <param name="height">Pixels of the full picture.</param>
    /// <param name="limits">What is larger is refused; the forms that let the server choose stay within them.</param>
    /// <param name="tileSize">Of the tiles that viewers are told of, pixels; <c>null</c>: there are none.</param>
    public static Outcome<Frame> Of(
        Region region, Size size, int width, int height, SizeLimits limits, int? tileSize = null)
    {
        if (Extract(region, width, height) is not { } part)
            return new Refusal(400, $"The region holds nothing of this picture of {width} x {height} pixels.");

        var whole = part.Width == width && part.Height == height;
        var (w, h) = (whole ? null : Tile(size, part, width, height, tileSize)) ?? Scale(size, part, limits);
        if (w < 1 || h < 1) return new Refusal(400, "The picture would be smaller than one pixel.");
        if (w > part.Width || h > part.Height) return TooLarge(size, part, w, h);
        if (!limits.Admit((int)w, (int)h)) return OverLimit(limits, w, h);

        return new Frame(part, (int)w, (int)h, whole);
    }

    /// <summary>The part of the picture that lies in the region; <c>null</c> when none does.</summary>
    public static Rectangle? Extract(Region region, int width, int height) => region switch
    {
        Region.Full => new Rectangle(0, 0, width, height),
        Region.Square => Square(width, height),
        Region.Pixels r => Cut(r.X, r.Y, (long)r.X + r.Width, (long)r.Y + r.Height, width, height),
        Region.Percent { Width: > 0, Height: > 0, X: < 100, Y: < 100 } r => Cut(
            Share(r.X, width), Share(r.Y, height), Share(r.X + r.Width, width), Share(r.Y + r.Height, height),
            width, height, atLeast: 1),
        _ => null,
    };

    /// <summary>The largest size with the region's proportions, not larger than it, that the limits admit.</summary>
    public static (int Width, int Height) Largest(Rectangle region, SizeLimits limits)
    {
        var (w, h) = Fit(region, limits.Width, limits.Height, limits.Area, enlarge: false);
        return ((int)w, (int)h);
    }

    /// <summary>
    /// A tile at the edge is as large as its share of the level, rounded up, which may be far from the proportions of
    /// the region. A viewer that names the width of a part of the picture means the tile.
    /// </summary>
    private static (long Width, long Height)? Tile(Size size, Rectangle part, int width, int height, int? tileSize)
    {
        if (size is not Size.ToWidth(var across) || tileSize is not { } side) return null;

        var pyramid = new PyramidGeometry(width, height, side);
        for (var level = 0; level < pyramid.Levels; level++)
        {
            if (PyramidGeometry.Shrunk(part.Width, level) == across && StoredTile.Covers(pyramid, part, level))
                return (across, PyramidGeometry.Shrunk(part.Height, level));
        }

        return null;
    }

    private static (long Width, long Height) Scale(Size size, Rectangle region, SizeLimits limits) => size switch
    {
        Size.Full => (region.Width, region.Height),
        Size.Max => Fit(region, limits.Width, limits.Height, limits.Area, size.Upscale),
        Size.Within box => Fit(region, int.Min(box.Width, limits.Width), int.Min(box.Height, limits.Height),
            limits.Area, size.Upscale),
        Size.ToWidth(var w) => (w, Side(w, region.Height, region.Width)),
        Size.ToHeight(var h) => (Side(h, region.Width, region.Height), h),
        Size.Exact(var w, var h) => (w, h),
        Size.Percent(var n) => (Share(n, region.Width), Share(n, region.Height)),
        _ => throw new NotSupportedException($"{size.GetType().Name} has no geometry"),
    };

    /// <summary>As large as fits.</summary>
    private static (long Width, long Height) Fit(Rectangle region, long width, long height, long? area, bool enlarge)
    {
        if (!enlarge) (width, height) = (long.Min(width, region.Width), long.Min(height, region.Height));
        var (w, h) = width * region.Height <= height * region.Width
            ? (width, Side(width, region.Height, region.Width))
            : (Side(height, region.Width, region.Height), height);
        if (area is not { } most || w * h <= most) return (w, h);

        var shrink = Math.Sqrt(most / ((double)w * h));
        return (long.Max(1, (long)(w * shrink)), long.Max(1, (long)(h * shrink)));
    }

    private static Rectangle Square(int width, int height)
    {
        var side = int.Min(width, height);
        return new Rectangle((width - side) / 2, (height - side) / 2, side, side);
    }

    private static Rectangle? Cut(
        long left, long top, long right, long bottom, int width, int height, int atLeast = 0)
    {
        (left, top) = (long.Min(left, width - atLeast), long.Min(top, height - atLeast));
        right = long.Min(long.Max(right, left + atLeast), width);
        bottom = long.Min(long.Max(bottom, top + atLeast), height);
        return right > left && bottom > top
            ? new Rectangle((int)left, (int)top, (int)(right - left), (int)(bottom - top))
            : null;
    }

    /// <summary>That many percent, to the nearest pixel: neighbouring regions meet without gap or overlap.</summary>
    private static long Share(double percent, int pixels) =>
        (long)double.Min(Math.Floor((percent * pixels / 100) + 0.5), int.MaxValue);

    /// <summary>
    /// n * times / over, to the nearest whole number: the side that the other one and the proportions make. One that
    /// they would make vanish keeps a pixel, as every level of a pyramid does.
    /// </summary>
    internal static long Side(long n, long times, long over) => long.Max(1, ((2 * n * times) + over) / (2 * over));

    private static Refusal TooLarge(Size size, Rectangle region, long width, long height)
    {
        var asked = $"{width} x {height} pixels are more than the region's {region.Width} x {region.Height}";
        return size.Upscale
            ? new(501, $"{asked}, and this server does not enlarge.")
            : new(400, $"{asked}; pictures are not enlarged.");
    }

    private static Refusal OverLimit(SizeLimits limits, long width, long height) => new(
        400, $"{width} x {height} pixels are more than is served of this picture: {limits.Width} x {limits.Height}"
            + (limits.Area is { } area ? $", {area} in all." : "."));
}

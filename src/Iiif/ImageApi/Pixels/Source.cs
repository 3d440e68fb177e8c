using Dlcs.Kernel.Storage.Pyramids;

namespace Dlcs.Iiif.ImageApi.Pixels;

/// <summary>The part of a level that a picture is made from: the smallest level that need not be enlarged.</summary>
/// <param name="Left">In pixels of the level; a fraction where the region begins within one.</param>
/// <param name="Top">In pixels of the level.</param>
/// <param name="Right">In pixels of the level.</param>
/// <param name="Bottom">In pixels of the level.</param>
/// <param name="AsStored">The level has the very pixels that are asked for: they need no resampling.</param>
/// <param name="Merged">
/// So many neighbouring columns are averaged into one as soon as they are decoded; a tile has a multiple of them.
/// </param>
public readonly record struct Source(
    LevelGeometry Level, double Left, double Top, double Right, double Bottom, bool AsStored, int Merged = 1)
{
    /// <summary>
    /// Columns of a row of tiles that are held at a time: 30 MB. Only a picture that is asked for far narrower than it
    /// is, but not lower, has more.
    /// </summary>
    internal const int MostColumns = 20_000;

    /// <summary>The columns that take part, once they are merged: which is the first, and how many there are.</summary>
    public (int First, int Count) Columns
    {
        get
        {
            var pixels = Pixels;
            var first = pixels.X / Merged;
            return (first, ((pixels.Right - 1) / Merged) + 1 - first);
        }
    }

    /// <summary>The whole pixels that take part.</summary>
    public Rectangle Pixels
    {
        get
        {
            var (x, y) = ((int)Left, (int)Top);
            var (right, bottom) = (int.Min((int)Math.Ceiling(Right), Level.Width),
                int.Min((int)Math.Ceiling(Bottom), Level.Height));
            return new(x, y, right - x, bottom - y);
        }
    }

    public static Source Of(PyramidGeometry pyramid, Frame frame)
    {
        var region = frame.Region;
        for (var level = pyramid.Levels - 1; level > 0; level--)
        {
            var scale = 1L << level;
            if (Fits(pyramid, frame, level)) return At(pyramid.Level(level), frame, asStored: true);
            if (region.Width >= frame.Width * scale && region.Height >= frame.Height * scale)
                return At(pyramid.Level(level), frame, asStored: false);
        }

        var full = (region.Width, region.Height) == (frame.Width, frame.Height);
        return At(pyramid.Level(0), frame, full);
    }

    /// <summary>The region is made of whole pixels of the level (the last may be cut by the picture's edge).</summary>
    private static bool Fits(PyramidGeometry pyramid, Frame frame, int level)
    {
        var (region, mask) = (frame.Region, (1 << level) - 1);
        return (region.X & mask) is 0 && (region.Y & mask) is 0
            && ((region.Right & mask) is 0 || region.Right == pyramid.Width)
            && ((region.Bottom & mask) is 0 || region.Bottom == pyramid.Height)
            && frame.Width == PyramidGeometry.Shrunk(region.Width, level)
            && frame.Height == PyramidGeometry.Shrunk(region.Height, level);
    }

    private static Source At(LevelGeometry level, Frame frame, bool asStored)
    {
        double scale = level.ScaleFactor;
        var region = frame.Region;
        var (left, right) = (region.X / scale, region.Right / scale);
        return new(level, left, region.Y / scale, right, region.Bottom / scale, asStored,
            MergedOf(right - left, frame.Width, level.TileSize));
    }

    /// <summary>A power of two; never so many that the picture would have to be enlarged again.</summary>
    private static int MergedOf(double columns, int width, int tileSize)
    {
        var merged = 1;
        while (columns / merged > MostColumns && columns / (2 * merged) >= width && tileSize % (2 * merged) is 0)
            merged *= 2;
        return merged;
    }
}

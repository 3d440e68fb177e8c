using Dlcs.Kernel.Storage.Pyramids;

namespace Dlcs.Iiif.ImageApi.Pixels;

/// <summary>The part of a level that a picture is made from: the smallest level that need not be enlarged.</summary>
/// <param name="Left">In pixels of the level; a fraction where the region begins within one.</param>
/// <param name="Top">In pixels of the level.</param>
/// <param name="Right">In pixels of the level.</param>
/// <param name="Bottom">In pixels of the level.</param>
/// <param name="AsStored">The level has the very pixels that are asked for: they need no resampling.</param>
public readonly record struct Source(
    LevelGeometry Level, double Left, double Top, double Right, double Bottom, bool AsStored)
{
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
            if (Fits(pyramid, frame, level)) return At(pyramid.Level(level), region, asStored: true);
            if (region.Width >= frame.Width * scale && region.Height >= frame.Height * scale)
                return At(pyramid.Level(level), region, asStored: false);
        }

        var full = (region.Width, region.Height) == (frame.Width, frame.Height);
        return At(pyramid.Level(0), region, full);
    }

    /// <summary>The region is made of whole pixels of the level (the last may be cut by the picture's edge).</summary>
    private static bool Fits(PyramidGeometry pyramid, Frame frame, int level)
    {
        var (region, mask) = (frame.Region, (1 << level) - 1);
        return (region.X & mask) is 0 && (region.Y & mask) is 0
            && ((region.Right & mask) is 0 || region.Right == pyramid.Width)
            && ((region.Bottom & mask) is 0 || region.Bottom == pyramid.Height)
            && frame.Width == StoredTile.Shrunk(region.Width, level)
            && frame.Height == StoredTile.Shrunk(region.Height, level);
    }

    private static Source At(LevelGeometry level, Rectangle region, bool asStored)
    {
        double scale = level.ScaleFactor;
        return new(level, region.X / scale, region.Y / scale, region.Right / scale, region.Bottom / scale, asStored);
    }
}

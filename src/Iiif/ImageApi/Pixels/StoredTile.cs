using Dlcs.Kernel.Storage.Pyramids;

namespace Dlcs.Iiif.ImageApi.Pixels;

/// <summary>Which stored tile a request means: then it is sent as it is, without decoding anything.</summary>
public readonly record struct StoredTile(int Level, int Column, int Row)
{
    /// <summary><c>null</c> when the frame is not exactly a tile.</summary>
    public static StoredTile? Find(PyramidGeometry pyramid, Frame frame, Size size)
    {
        var region = frame.Region;
        for (var level = 0; level < pyramid.Levels; level++)
        {
            if (!Covers(pyramid, region, level)) continue;
            var span = (long)pyramid.TileSize << level;
            var (width, height) = (
                PyramidGeometry.Shrunk(region.Width, level), PyramidGeometry.Shrunk(region.Height, level));
            if (Meant(frame, size, width, height))
                return new(level, (int)(region.X / span), (int)(region.Y / span));
        }

        return null;
    }

    /// <summary>Whether the region is exactly what one tile of the level shows.</summary>
    internal static bool Covers(PyramidGeometry pyramid, Rectangle region, int level)
    {
        var span = (long)pyramid.TileSize << level;
        return region.X % span is 0 && region.Y % span is 0
            && region.Width == long.Min(span, pyramid.Width - region.X)
            && region.Height == long.Min(span, pyramid.Height - region.Y);
    }

    /// <summary>
    /// Whether the stored picture is what that size asks for; a side that it leaves to the server may differ by a pixel
    /// from what the frame has.
    /// </summary>
    internal static bool Meant(Frame frame, Size size, int width, int height) => size switch
    {
        Size.ToWidth => frame.Width == width && IsNear(frame.Height, height),
        Size.ToHeight => frame.Height == height && IsNear(frame.Width, width),
        Size.Within box => width <= box.Width && height <= box.Height
            && IsNear(frame.Width, width) && IsNear(frame.Height, height),
        _ => frame.Width == width && frame.Height == height,
    };

    private static bool IsNear(int side, int stored) => int.Abs(side - stored) <= 1;
}

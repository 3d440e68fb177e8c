using System.Security.Cryptography;
using Dlcs.Kernel.Storage.Pyramids;
using Microsoft.Win32.SafeHandles;
using NetVips;

namespace Dlcs.Processing.Pixels;

/// <summary>
/// Makes thumbnails from the tiles that are there already: the largest from a level that is clearly larger, so that
/// neither its JPEG nor the plain halving of levels is seen, the smaller ones from what is in memory by then.
/// </summary>
internal static class Thumbnails
{
    /// <summary>How much larger a level or a picture is, at least, than what is made of it; measured: more than that
    /// adds little, less is seen.</summary>
    private const double Margin = 1.5;

    /// <summary>Pixels of a level that is worth being kept in memory: 48 MB.</summary>
    private const long MaxHeld = 16_000_000;

    /// <param name="sizes">Largest first.</param>
    public static IReadOnlyList<MadeThumbnail> Make(
        string pyramid, PyramidIndex index, IReadOnlyList<(int Width, int Height)> sizes, string folder,
        CancellationToken ct)
    {
        using var pack = File.OpenHandle(pyramid);
        var made = new List<MadeThumbnail>();
        var held = new Stack<Image>();
        try
        {
            foreach (var (width, height) in sizes)
            {
                ct.ThrowIfCancellationRequested();
                var (wide, high) = ((int)(width * Margin), (int)(height * Margin));
                var enough = held.FirstOrDefault(image => image.Width >= wide && image.Height >= high);
                using var level = enough is null
                    ? Level(pack, index, index.Geometry.SmallestHolding(wide, high)) : null;
                if ((long?)level?.Width * level?.Height <= MaxHeld) held.Push(enough = level!.CopyMemory());

                using var thumbnail = (enough ?? level)!.ThumbnailImage(width, height, size: Enums.Size.Force);
                held.Push(thumbnail.CopyMemory());
                made.Add(Save(held.Peek(), folder));
            }
        }
        finally
        {
            foreach (var image in held) image.Dispose();
        }

        return made;
    }

    private static MadeThumbnail Save(Image thumbnail, string folder)
    {
        var (width, height) = (thumbnail.Width, thumbnail.Height);
        var file = Path.Combine(folder, FormattableString.Invariant($"thumbnail-{width}x{height}.jpg"));
        var jpeg = thumbnail.JpegsaveBuffer(q: Tiling.Quality, keep: Enums.ForeignKeep.None);
        File.WriteAllBytes(file, jpeg);
        return new(file, width, height, jpeg.Length, Convert.ToHexStringLower(SHA256.HashData(jpeg)));
    }

    private static Image Level(SafeFileHandle pack, PyramidIndex index, LevelGeometry level)
    {
        var tiles = new List<Image>();
        try
        {
            for (var row = 0; row < level.Rows; row++)
                for (var column = 0; column < level.Columns; column++)
                    tiles.Add(Tile(pack, index.TileOf(level.Level, column, row)));
            using var joined = Image.Arrayjoin([.. tiles], across: level.Columns);
            return joined.Crop(0, 0, level.Width, level.Height);
        }
        finally
        {
            tiles.ForEach(tile => tile.Dispose());
        }
    }

    private static Image Tile(SafeFileHandle pack, TileRange range)
    {
        var jpeg = new byte[range.Length];
        RandomAccess.Read(pack, jpeg, range.Offset);
        return Image.JpegloadBuffer(jpeg);
    }
}

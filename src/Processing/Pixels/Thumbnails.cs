using System.Security.Cryptography;
using Dlcs.Kernel.Storage.Pyramids;
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
        CutTiles tiles, IReadOnlyList<(int Width, int Height)> sizes, string folder, CancellationToken ct)
    {
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
                    ? Level(tiles, tiles.Geometry.SmallestHolding(wide, high)) : null;
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

    private static Image Level(CutTiles cut, LevelGeometry level)
    {
        var tiles = new List<Image>();
        try
        {
            for (var row = 0; row < level.Rows; row++)
                for (var column = 0; column < level.Columns; column++)
                    tiles.Add(Tile(cut, level.Level, column, row));
            using var joined = Image.Arrayjoin([.. tiles], across: level.Columns);
            return joined.Crop(0, 0, level.Width, level.Height);
        }
        finally
        {
            tiles.ForEach(tile => tile.Dispose());
        }
    }

    private static Image Tile(CutTiles cut, int level, int column, int row)
    {
        var jpeg = Array.Empty<byte>();
        cut.Read(level, column, row, ref jpeg);
        return Image.JpegloadBuffer(jpeg);
    }
}

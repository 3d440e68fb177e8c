using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Dlcs.Kernel.Storage.Pyramids;
using NetVips;

namespace Dlcs.Processing.Pixels;

/// <summary>Makes a pyramid: libvips cuts the tiles of all levels in one pass over the source; they are then laid into
/// one object in an order of our own.</summary>
internal static class Tiling
{
    public const int TileSize = 512;
    public const int Quality = 85;

    /// <summary>Reads the image once, from top to bottom.</summary>
    /// <param name="folder">Gets the object; the tiles as libvips wrote them are removed again.</param>
    public static (MadePyramid Pyramid, PyramidIndex Index) Make(Image image, string folder)
    {
        var geometry = new PyramidGeometry(image.Width, image.Height, TileSize);
        var tiles = Path.Combine(folder, "tiles.zip");
        try
        {
            Cut(image, tiles);
            return Pack(tiles, Path.Combine(folder, $"pyramid.{PyramidPack.Extension}"), geometry);
        }
        finally
        {
            File.Delete(tiles);
        }
    }

    private static void Cut(Image image, string tiles)
    {
        using var target = new StoppingTarget(tiles, image);
        try
        {
            image.DzsaveTarget(
                target.Target, imagename: "tiles", layout: Enums.ForeignDzLayout.Dz, tileSize: TileSize, overlap: 0,
                depth: Enums.ForeignDzDepth.Onetile, suffix: $".jpg[Q={Quality}]", keep: Enums.ForeignKeep.None,
                container: Enums.ForeignDzContainer.Zip, compression: 0);
        }
        finally
        {
            target.ThrowIfFull();
        }
    }

    private static (MadePyramid Pyramid, PyramidIndex Index) Pack(string tiles, string file, PyramidGeometry geometry)
    {
        using var source = ZipFile.OpenRead(tiles);
        using var sha = SHA256.Create();
        using var target = File.Create(file);
        PyramidIndex index;
        using (var hashing = new CryptoStream(target, sha, CryptoStreamMode.Write, leaveOpen: true))
        using (var buffered = new BufferedStream(hashing, 1 << 17))
            index = PyramidPack.Write(buffered, geometry, InOrder(source, geometry));

        var digest = Convert.ToHexStringLower(sha.Hash!);
        return (new(file, target.Length, digest, geometry.TileSize, geometry.Levels), index);
    }

    /// <summary>libvips counts levels from the smallest, and writes tiles as they get ready.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> InOrder(ZipArchive source, PyramidGeometry geometry)
    {
        var entries = new Dictionary<(int Level, int Column, int Row), ZipArchiveEntry>();
        foreach (var entry in source.Entries)
            if (PlaceOf(entry.FullName) is { } place)
                entries[place with { Level = geometry.Levels - 1 - place.Level }] = entry;

        var buffer = Array.Empty<byte>();
        for (var level = 0; level < geometry.Levels; level++)
        {
            var grid = geometry.Level(level);
            for (var row = 0; row < grid.Rows; row++)
            {
                for (var column = 0; column < grid.Columns; column++)
                {
                    var entry = entries[(level, column, row)];
                    var length = (int)entry.Length;
                    if (buffer.Length < length) buffer = new byte[length * 2];
                    using var jpeg = entry.Open();
                    jpeg.ReadExactly(buffer, 0, length);
                    yield return buffer.AsMemory(0, length);
                }
            }
        }
    }

    /// <summary>The place in a name like <c>tiles/tiles_files/4/15_11.jpg</c>.</summary>
    private static (int Level, int Column, int Row)? PlaceOf(string name) =>
        name.EndsWith(".jpg", StringComparison.Ordinal) && name[..^4].Split('/') is [.., var level, var tile]
        && tile.Split('_') is [var column, var row]
            ? (Number(level), Number(column), Number(row)) : null;

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}

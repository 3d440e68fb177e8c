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
    /// <param name="tiles">The file to write, for <see cref="CutTiles"/>.</param>
    public static void Cut(Image image, string tiles)
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

    /// <summary>Lays the tiles into the object that is kept.</summary>
    /// <param name="folder">Gets it.</param>
    public static MadePyramid Pack(CutTiles tiles, string folder)
    {
        var file = Path.Combine(folder, $"pyramid.{PyramidPack.Extension}");
        using var sha = SHA256.Create();
        using var target = File.Create(file);
        using (var hashing = new CryptoStream(target, sha, CryptoStreamMode.Write, leaveOpen: true))
        using (var buffered = new BufferedStream(hashing, 1 << 17))
            PyramidPack.Write(buffered, tiles.Geometry, InOrder(tiles));

        var digest = Convert.ToHexStringLower(sha.Hash!);
        return new(file, target.Length, digest, tiles.Geometry.TileSize, tiles.Geometry.Levels);
    }

    /// <summary>libvips writes tiles as they get ready.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> InOrder(CutTiles tiles)
    {
        var buffer = new byte[1 << 17];
        for (var level = 0; level < tiles.Geometry.Levels; level++)
        {
            var grid = tiles.Geometry.Level(level);
            for (var row = 0; row < grid.Rows; row++)
            {
                for (var column = 0; column < grid.Columns; column++)
                {
                    var length = tiles.Read(level, column, row, ref buffer);
                    yield return buffer.AsMemory(0, length);
                }
            }
        }
    }
}

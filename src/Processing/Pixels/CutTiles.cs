using System.Globalization;
using System.IO.Compression;
using Dlcs.Kernel.Storage.Pyramids;

namespace Dlcs.Processing.Pixels;

/// <summary>The tiles of all levels as libvips laid them down, by their place. For one reader at a time.</summary>
internal sealed class CutTiles : IDisposable
{
    private readonly ZipArchive zip;
    private readonly Dictionary<(int Level, int Column, int Row), ZipArchiveEntry> entries = [];

    /// <param name="file">The ZIP of dzsave.</param>
    public CutTiles(string file, PyramidGeometry geometry)
    {
        Geometry = geometry;
        zip = ZipFile.OpenRead(file);
        foreach (var entry in zip.Entries)
            if (PlaceOf(entry.FullName) is { } place) // libvips counts levels from the smallest
                entries[place with { Level = geometry.Levels - 1 - place.Level }] = entry;
    }

    public PyramidGeometry Geometry { get; }

    /// <summary>Reads a tile's JPEG.</summary>
    /// <param name="buffer">Takes it; grown when it is too small.</param>
    /// <returns>Its length, bytes.</returns>
    public int Read(int level, int column, int row, ref byte[] buffer)
    {
        var entry = entries[(level, column, row)];
        var length = (int)entry.Length;
        if (buffer.Length < length) buffer = new byte[length];
        using var jpeg = entry.Open();
        jpeg.ReadExactly(buffer, 0, length);
        return length;
    }

    public void Dispose() => zip.Dispose();

    /// <summary>The place in a name like <c>tiles/tiles_files/4/15_11.jpg</c>.</summary>
    private static (int Level, int Column, int Row)? PlaceOf(string name) =>
        name.EndsWith(".jpg", StringComparison.Ordinal) && name[..^4].Split('/') is [.., var level, var tile]
        && tile.Split('_') is [var column, var row]
            ? (Number(level), Number(column), Number(row)) : null;

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}

using System.IO.Hashing;

namespace Dlcs.Kernel.Storage.Pyramids;

/// <summary>
/// The object that holds all tiles of an image: a ZIP with its tiles stored as they are, so that any tool can open it.
/// The same tiles give the same bytes: no time, no machine and no program is written into it.
/// </summary>
public static class PyramidPack
{
    public const string Extension = "zip";

    /// <summary>Writes the tiles one behind the other, then the directory.</summary>
    /// <param name="output">Written from its beginning; need not seek.</param>
    /// <param name="tiles">The JPEGs of all tiles: level by level from full size, row by row, left to right. Each is
    /// written before the next is asked for.</param>
    /// <exception cref="ArgumentException">There are more or fewer tiles than the geometry has.</exception>
    public static PyramidIndex Write(Stream output, PyramidGeometry geometry, IEnumerable<ReadOnlyMemory<byte>> tiles)
    {
        var (offsets, lengths) = (new long[geometry.Tiles], new int[geometry.Tiles]);
        using var directory = new MemoryStream();
        using var jpegs = tiles.GetEnumerator();
        var (tile, position) = (0, 0L);
        foreach (var name in Names(geometry))
        {
            if (!jpegs.MoveNext()) throw new ArgumentException($"{name} is missing", nameof(tiles));
            var jpeg = jpegs.Current.Span;
            var crc = Crc32.HashToUInt32(jpeg);
            output.Write(Zip.LocalHeader(name, crc, jpeg.Length));
            output.Write(jpeg);
            directory.Write(Zip.CentralHeader(name, crc, jpeg.Length, position));

            (offsets[tile], lengths[tile]) = (position + Zip.LocalLength + name.Length, jpeg.Length);
            position = offsets[tile] + lengths[tile];
            tile++;
        }

        if (jpegs.MoveNext()) throw new ArgumentException("there are too many", nameof(tiles));
        directory.WriteTo(output);
        output.Write(Zip.EndOfDirectory(tile, position, directory.Length, PackComment.Of(geometry)));
        return new(geometry, offsets, lengths);
    }

    /// <summary>The names of all tiles, in the order of the object.</summary>
    internal static IEnumerable<string> Names(PyramidGeometry geometry) =>
        from level in Enumerable.Range(0, geometry.Levels)
        let grid = geometry.Level(level)
        from row in Enumerable.Range(0, grid.Rows)
        from column in Enumerable.Range(0, grid.Columns)
        select Zip.NameOf(level, column, row);
}

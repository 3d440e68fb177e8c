using System.Buffers.Binary;
using System.Text;

namespace Dlcs.Kernel.Storage.Pyramids;

/// <summary>
/// The directory at the end of a pyramid's object. It is read strictly: the entries must be all tiles in order, stored,
/// one right behind the other with nothing but a plain local header between them. So the place of a tile's bytes is
/// known without reading its local header.
/// </summary>
/// <param name="Offset">Of the first record, bytes from the beginning of the object.</param>
/// <param name="Length">Of all records together, bytes.</param>
internal sealed record ZipDirectory(long Offset, long Length, long Entries, PyramidGeometry Geometry)
{
    /// <summary>Enough for the directory of a picture of 225 megapixels, so that one read is the rule.</summary>
    public const int TailLength = 64 * 1024;

    private const int LongestName = 2 + (3 * 10) + 5;
    private const int MaxTile = 16 * 1024 * 1024;

    /// <summary>Finds the directory from the object's last bytes.</summary>
    /// <exception cref="NotAPyramidException">There is none.</exception>
    public static ZipDirectory Find(ReadOnlySpan<byte> tail, long length)
    {
        var end = EndIn(tail);
        var geometry = PackComment.Parse(tail[(end + Zip.EndLength)..]);
        var (entries, bytes, offset) = Numbers(tail, end);

        const int longest = Zip.CentralLength + LongestName + Zip.Zip64ExtraLength;
        var fits = bytes >= 0 && bytes <= entries * longest && offset >= 0 && offset <= length - bytes;
        if (entries != geometry.Tiles || !fits)
            throw new NotAPyramidException("its directory does not hold the tiles that its comment promises");
        return new(offset, bytes, entries, geometry);
    }

    /// <exception cref="NotAPyramidException">The records are not those of all tiles in order.</exception>
    public PyramidIndex Index(ReadOnlySpan<byte> records)
    {
        var (offsets, lengths) = (new long[Entries], new int[Entries]);
        var (tile, next) = (0, 0L);
        foreach (var name in PyramidPack.Names(Geometry))
        {
            lengths[tile] = Record(ref records, name, next);
            offsets[tile] = next + Zip.LocalLength + name.Length;
            next = offsets[tile] + lengths[tile];
            tile++;
        }

        if (next != Offset || !records.IsEmpty) throw new NotAPyramidException("there is something between its tiles");
        return new(Geometry, offsets, lengths);
    }

    /// <summary>Takes one record off, which must be that tile's, at that place; answers the tile's length.</summary>
    private static int Record(ref ReadOnlySpan<byte> records, string name, long offset)
    {
        if (records.Length < Zip.CentralLength) throw Wrong(name);
        var (nameLength, extra, comment) = (U2(records, 28), U2(records, 30), U2(records, 32));
        var (stored, length, place) = (U4(records, 20), U4(records, 24), (long)U4(records, 42));
        var whole = Zip.CentralLength + nameLength + extra + comment;
        if (U4(records, 0) is not Zip.Central || records.Length < whole) throw Wrong(name);

        if (place is uint.MaxValue && extra is Zip.Zip64ExtraLength)
            place = BinaryPrimitives.ReadInt64LittleEndian(records[(Zip.CentralLength + nameLength + 4)..]);
        var (flags, method) = (U2(records, 8), U2(records, 10));
        if (place != offset || flags is not 0 || method is not 0 || stored != length || length is 0 or > MaxTile
            || !Encoding.ASCII.GetBytes(name).AsSpan().SequenceEqual(records.Slice(Zip.CentralLength, nameLength)))
            throw Wrong(name);

        records = records[whole..];
        return (int)length;
    }

    private static int EndIn(ReadOnlySpan<byte> tail)
    {
        var last = tail.Length - Zip.EndLength;
        for (var at = last; at >= 0 && at >= last - PackComment.MaxLength; at--)
            if (U4(tail, at) is Zip.End && U2(tail, at + 20) == last - at) return at;
        throw new NotAPyramidException("it does not end like one");
    }

    private static (long Entries, long Bytes, long Offset) Numbers(ReadOnlySpan<byte> tail, int end)
    {
        var at = end - Zip.Locator64Length - Zip.End64Length;
        if (at >= 0 && U4(tail, at) is Zip.End64 && U4(tail, end - Zip.Locator64Length) is Zip.Locator64)
            return (U8(tail, at + 32), U8(tail, at + 40), U8(tail, at + 48));
        return (U2(tail, end + 10), U4(tail, end + 12), U4(tail, end + 16));
    }

    private static NotAPyramidException Wrong(string name) =>
        new($"the record of {name} is missing or is not as it must be");

    private static int U2(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U4(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long U8(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}

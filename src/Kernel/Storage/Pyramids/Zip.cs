using System.Buffers.Binary;
using System.Text;

namespace Dlcs.Kernel.Storage.Pyramids;

/// <summary>
/// The few records of the ZIP format that a pyramid is made of (PKWARE's APPNOTE 6.3, sections 4.3.7 to 4.3.16):
/// stored entries without extra fields, so that a local header is always 30 bytes and the name; ZIP64 where numbers
/// ask for it.
/// </summary>
internal static class Zip
{
    public const int LocalLength = 30;
    public const int CentralLength = 46;
    public const int Zip64ExtraLength = 12;
    public const int EndLength = 22;
    public const int End64Length = 56;
    public const int Locator64Length = 20;

    public const uint Central = 0x02014b50;
    public const uint End = 0x06054b50;
    public const uint End64 = 0x06064b50;
    public const uint Locator64 = 0x07064b50;
    private const uint Local = 0x04034b50;

    private const ushort Plain = 10; // version needed to extract
    private const ushort With64 = 45;
    private const ushort FirstDay = 0x0021; // 1980-01-01: a time that is no time keeps the bytes reproducible

    /// <summary>The name of a tile; ASCII.</summary>
    public static string NameOf(int level, int column, int row) =>
        FormattableString.Invariant($"{level}/{column}_{row}.jpg");

    public static byte[] LocalHeader(string name, uint crc, int length) =>
        [.. U4(Local), .. U2(Plain), .. Entry(name, crc, length), .. U2(0), .. Encoding.ASCII.GetBytes(name)];

    public static byte[] CentralHeader(string name, uint crc, int length, long offset)
    {
        var far = offset >= uint.MaxValue;
        var version = far ? With64 : Plain;
        byte[] extra = far ? [.. U2(1), .. U2(8), .. U8(offset)] : [];
        return
        [
            .. U4(Central), .. U2(version), .. U2(version), .. Entry(name, crc, length), .. U2(extra.Length),
            .. new byte[10], // comment, disk, attributes
            .. U4(far ? uint.MaxValue : (uint)offset), .. Encoding.ASCII.GetBytes(name), .. extra,
        ];
    }

    /// <summary>What closes the archive, after a directory of that many entries.</summary>
    public static byte[] EndOfDirectory(long entries, long offset, long length, ReadOnlySpan<byte> comment)
    {
        var far = entries >= ushort.MaxValue || offset >= uint.MaxValue || length >= uint.MaxValue;
        byte[] end64 = far
            ?
            [
                .. U4(End64), .. U8(End64Length - 12), .. U2(With64), .. U2(With64), .. U4(0), .. U4(0),
                .. U8(entries), .. U8(entries), .. U8(length), .. U8(offset),
                .. U4(Locator64), .. U4(0), .. U8(offset + length), .. U4(1),
            ]
            : [];
        var count = U2(far ? ushort.MaxValue : (int)entries);
        return
        [
            .. end64, .. U4(End), .. U2(0), .. U2(0), .. count, .. count,
            .. U4(far ? uint.MaxValue : (uint)length), .. U4(far ? uint.MaxValue : (uint)offset),
            .. U2(comment.Length), .. comment,
        ];
    }

    /// <summary>Of both headers of an entry: flags, method, time, checksum, sizes, length of the name.</summary>
    private static byte[] Entry(string name, uint crc, int length) =>
        [
            .. U2(0), .. U2(0), .. U2(0), .. U2(FirstDay), .. U4(crc), .. U4((uint)length), .. U4((uint)length),
            .. U2(name.Length),
        ];

    private static byte[] U2(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] U4(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] U8(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}

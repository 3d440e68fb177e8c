using System.Buffers.Binary;

namespace Dlcs.Processing.Pixels;

/// <summary>
/// Looks into a JPEG 2000 before libvips does: up to 8.15 its loader takes the picture's place on its grid for 0, 0 and
/// a palette for one colour, reads and writes beyond its memory there (libvips, issue 4154), and takes samples of few
/// bits for dark ones.
/// </summary>
internal static class Jpeg2000
{
    private const int MostBoxes = 1_000;
    private const int Corner = 16; // of the picture, in the codestream: ISO/IEC 15444-1, A.5.1
    private const int FirstSample = 42;

    /// <summary>What such a libvips cannot read in it; <c>null</c>: nothing; damage it says itself.</summary>
    public static string? Fault(Stream file)
    {
        Span<byte> head = stackalloc byte[4];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length) return null;
        file.Position = 0;
        return head is [0xFF, 0x4F, 0xFF, 0x51] ? InCodestream(file) : InBoxes(file, file.Length);
    }

    /// <summary>Boxes one after the other (I.4); the header holds others, and none of those is looked into.</summary>
    private static string? InBoxes(Stream file, long end, bool inHeader = false)
    {
        Span<byte> head = stackalloc byte[16];
        for (var n = 0; n < MostBoxes && file.Position + 8 <= end; n++)
        {
            var begin = file.Position;
            file.ReadExactly(head[..8]);
            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (size is 1 && begin + 16 <= end)
            {
                file.ReadExactly(head[8..]);
                size = BinaryPrimitives.ReadInt64BigEndian(head[8..]);
            }
            if (size is 0) size = end - begin;
            if (size < file.Position - begin || size > end - begin) return null;

            var type = head[4..8];
            if (type.SequenceEqual("jp2c"u8)) return InCodestream(file);
            if (type.SequenceEqual("pclr"u8)) return "has a palette";
            if (!inHeader && type.SequenceEqual("jp2h"u8)
                && InBoxes(file, begin + size, inHeader: true) is { } fault) return fault;
            file.Position = begin + size;
        }
        return null;
    }

    private static string? InCodestream(Stream file)
    {
        Span<byte> size = stackalloc byte[FirstSample + 1];
        if (file.ReadAtLeast(size, size.Length, throwOnEndOfStream: false) < size.Length) return null;
        if (size.Slice(Corner, 8).ContainsAnyExcept((byte)0))
            return "does not begin at the corner of its grid, as when it was cut out of a larger one";
        return (size[FirstSample] & 0x7F) + 1 is < 8 and var bits
            ? FormattableString.Invariant($"has samples of {bits} bits") : null;
    }
}

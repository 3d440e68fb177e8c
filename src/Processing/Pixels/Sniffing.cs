using System.Text;

namespace Dlcs.Processing.Pixels;

/// <summary>Tells what a file is by its first bytes; names and declared types prove nothing.</summary>
public static class Sniffing
{
    /// <summary>How many bytes are enough: a PDF may begin anywhere in the first 1,024.</summary>
    public const int Enough = 1024;

    /// <param name="head">The file's first bytes, <see cref="Enough"/> of them where it has so many.</param>
    /// <exception cref="PixelsException">It is no kind of picture that is read here.</exception>
    public static FileKind KindOf(ReadOnlySpan<byte> head) => head switch
    {
        [] => throw new PixelsException("The origin sent an empty file (0 bytes)."),
        [0xFF, 0xD8, 0xFF, ..] => FileKind.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => FileKind.Png,
        [(byte)'I', (byte)'I', 0x2A or 0x2B, 0, ..] or [(byte)'M', (byte)'M', 0, 0x2A or 0x2B, ..] => FileKind.Tiff,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => FileKind.Gif,
        [0xFF, 0x4F, 0xFF, 0x51, ..] => FileKind.J2c,
        _ when Begins(head, "\0\0\0\u000CjP  \r\n"u8) => FileKind.Jp2,
        _ when Begins(head, "RIFF"u8) && At(head, 8, "WEBP"u8) => FileKind.WebP,
        _ when head.IndexOf("%PDF-"u8) >= 0 => FileKind.Pdf,
        _ => throw new PixelsException($"The origin sent {Other(head)}, not an image that can be read here "
            + "(JPEG, PNG, TIFF, WebP, GIF, JPEG 2000, PDF)."),
    };

    /// <summary>What it is instead, in words.</summary>
    private static string Other(ReadOnlySpan<byte> head)
    {
        if (At(head, 4, "ftyp"u8))
        {
            return head.Length < 12 ? "an unknown file" : Encoding.ASCII.GetString(head[8..12]) switch
            {
                "avif" or "avis" => "an AVIF",
                "heic" or "heix" or "mif1" or "msf1" => "a HEIC",
                _ => "a video",
            };
        }

        if (Begins(head, "\0\0\0\u000CJXL "u8) || Begins(head, [0xFF, 0x0A])) return "a JPEG XL";
        if (Begins(head, "8BPS"u8)) return "a Photoshop file";
        if (Begins(head, "PK\u0003\u0004"u8)) return "a ZIP archive";
        if (Begins(head, [0x1F, 0x8B])) return "a gzip archive";
        if (Begins(head, "BM"u8) && At(head, 6, [0, 0, 0, 0])) return "a BMP";
        return Text(head);
    }

    private static string Text(ReadOnlySpan<byte> head)
    {
        if (head.IndexOfAnyInRange((byte)0, (byte)8) >= 0) return "an unknown file";
        var text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (Contains(text, "<svg")) return "an SVG";
        if (Contains(text, "<html") || Contains(text, "<!doctype html") || Contains(text, "<head")) return "HTML";
        return text switch
        {
            ['<', ..] => "XML",
            ['{' or '[', ..] => "JSON",
            _ when text.Contains('\uFFFD') => "an unknown file",
            _ => "text",
        };
    }

    private static bool Contains(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static bool Begins(ReadOnlySpan<byte> head, ReadOnlySpan<byte> with) => head.StartsWith(with);

    private static bool At(ReadOnlySpan<byte> head, int offset, ReadOnlySpan<byte> with) =>
        head.Length > offset && head[offset..].StartsWith(with);
}

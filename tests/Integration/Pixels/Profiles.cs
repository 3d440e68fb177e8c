using System.Buffers.Binary;
using System.Text;

namespace Dlcs.Integration.Pixels;

/// <summary>ICC profiles (version 2.1, ICC.1:2001-04) as small as they may be, made here byte by byte.</summary>
internal static class Profiles
{
    /// <summary>Adobe RGB (1998): its primaries adapted to D50, gamma 2 + 51/256.</summary>
    public static byte[] AdobeRgb() => Profile("RGB ",
    [
        ("rXYZ", Xyz(0.60974, 0.31111, 0.01947)), ("gXYZ", Xyz(0.20528, 0.62567, 0.06087)),
        ("bXYZ", Xyz(0.14919, 0.06322, 0.74457)),
        ("rTRC", Gamma(2.19921875)), ("gTRC", Gamma(2.19921875)), ("bTRC", Gamma(2.19921875)),
    ]);

    /// <summary>A grey of gamma 1.8, as Macintoshes had it.</summary>
    public static byte[] Grey18() => Profile("GRAY", [("kTRC", Gamma(1.8))]);

    private static byte[] Profile(string space, (string Name, byte[] Data)[] own)
    {
        (string Name, byte[] Data)[] tags =
        [
            ("desc", Description("made for a test")), ("cprt", [.. "text"u8, 0, 0, 0, 0, .. "none\0"u8]),
            ("wtpt", Xyz(0.9642, 1, 0.8249)), .. own,
        ];
        var offset = 128 + 4 + (tags.Length * 12);
        var (table, content) = (new List<byte>([.. Number(tags.Length)]), new List<byte>());
        foreach (var (name, data) in tags)
        {
            table.AddRange(Encoding.ASCII.GetBytes(name));
            table.AddRange([.. Number(offset + content.Count), .. Number(data.Length)]);
            content.AddRange(data);
            while (content.Count % 4 is not 0) content.Add(0);
        }

        return [.. Header(space, offset + content.Count), .. table, .. content];
    }

    private static byte[] Header(string space, int length)
    {
        var header = new byte[128];
        Number(length).CopyTo(header, 0);
        header[8] = 2;
        header[9] = 0x10;
        "mntr"u8.CopyTo(header.AsSpan(12));
        Encoding.ASCII.GetBytes(space).CopyTo(header, 16);
        "XYZ "u8.CopyTo(header.AsSpan(20));
        header[25] = 26; // 2000-01-01
        "acsp"u8.CopyTo(header.AsSpan(36));
        Xyz(0.9642, 1, 0.8249).AsSpan(8).CopyTo(header.AsSpan(68));
        return header;
    }

    private static byte[] Description(string text) =>
        [.. "desc"u8, 0, 0, 0, 0, .. Number(text.Length + 1), .. Encoding.ASCII.GetBytes(text), 0, .. new byte[78]];

    private static byte[] Xyz(double x, double y, double z) =>
        [.. "XYZ "u8, 0, 0, 0, 0, .. Fixed(x), .. Fixed(y), .. Fixed(z)];

    private static byte[] Gamma(double gamma) =>
        [.. "curv"u8, 0, 0, 0, 0, .. Number(1), (byte)gamma, (byte)((gamma - (int)gamma) * 256)];

    private static byte[] Fixed(double value) => Number((int)Math.Round(value * 65536));

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}

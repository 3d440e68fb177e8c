namespace Dlcs.Iiif.ImageApi;

/// <summary>A format that pictures are sent in: https://iiif.io/api/image/3.0/#45-format.</summary>
/// <param name="Extension">As it stands in the URI.</param>
/// <param name="Transparent">It can hold an alpha channel.</param>
/// <param name="Saver">The operation of libvips that writes it.</param>
public sealed record Format(string Extension, string MediaType, bool Transparent, string Saver)
{
    public static readonly Format Jpg = new("jpg", "image/jpeg", false, "jpegsave_buffer");
    public static readonly Format Png = new("png", "image/png", true, "pngsave_buffer");
    public static readonly Format Webp = new("webp", "image/webp", true, "webpsave_buffer");
    public static readonly Format Gif = new("gif", "image/gif", true, "gifsave_buffer");
    public static readonly Format Tif = new("tif", "image/tiff", true, "tiffsave_buffer");

    /// <summary>Those that the installed libvips can write; jpg, then png, which level 2 asks for.</summary>
    public static IReadOnlyList<Format> Offered { get; } = [.. new[] { Jpg, Png, Webp, Gif, Tif }.Where(CanWrite)];

    /// <summary><c>null</c> when it is not offered.</summary>
    public static Format? Parse(ReadOnlySpan<char> extension)
    {
        if (extension is "jpg") return Jpg;
        foreach (var format in Offered)
            if (extension.SequenceEqual(format.Extension)) return format;
        return null;
    }

    private static bool CanWrite(Format format) => NetVips.NetVips.TypeFind("VipsOperation", format.Saver) != 0;
}

namespace Dlcs.Processing.Pixels;

/// <summary>A kind of file that pictures come in.</summary>
/// <param name="Name">As people say it.</param>
/// <param name="Loader">The operation of libvips that reads it.</param>
/// <param name="Whole">It is decoded as a whole, in memory.</param>
public sealed record FileKind(string Name, string MediaType, string Loader, bool Whole = false)
{
    public static readonly FileKind Jpeg = new("JPEG", "image/jpeg", "jpegload");
    public static readonly FileKind Png = new("PNG", "image/png", "pngload");
    public static readonly FileKind Tiff = new("TIFF", "image/tiff", "tiffload");
    public static readonly FileKind WebP = new("WebP", "image/webp", "webpload", Whole: true);
    public static readonly FileKind Gif = new("GIF", "image/gif", "gifload", Whole: true);
    public static readonly FileKind Jp2 = new("JPEG 2000", "image/jp2", "jp2kload");
    public static readonly FileKind J2c = new("JPEG 2000 codestream", "image/j2c", "jp2kload");
    public static readonly FileKind Pdf = new("PDF", "application/pdf", "pdfload");

    public static readonly IReadOnlyList<FileKind> All = [Jpeg, Png, Tiff, WebP, Gif, Jp2, J2c, Pdf];
}

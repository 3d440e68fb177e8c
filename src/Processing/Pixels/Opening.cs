using NetVips;

namespace Dlcs.Processing.Pixels;

/// <summary>Opens a source and refuses it, before anything is decoded, when it asks for too much.</summary>
internal static class Opening
{
    private const int PdfPoints = 72;
    private const int PdfDpi = 300;
    private const int UsualBands = 5; // CMYK with alpha
    private const int MostScans = 200;

    /// <exception cref="PixelsException">It is no kind of picture that is read here.</exception>
    public static FileKind KindOf(string file)
    {
        Span<byte> head = stackalloc byte[Sniffing.Enough];
        using var stream = File.OpenRead(file);
        var kind = Sniffing.KindOf(head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]);
        return Libvips.Reads(kind) ? kind : throw new PixelsException(
            $"This installation cannot read {kind.Name}: its libvips was built without {kind.Loader}.");
    }

    /// <summary>The first picture of the file, to be read from top to bottom.</summary>
    /// <exception cref="PixelsException">It is too large.</exception>
    /// <exception cref="VipsException">It is damaged.</exception>
    public static Image Open(FileKind kind, string file, PixelLimits limits)
    {
        if (kind.Loader is "jp2kload" && !NetVips.NetVips.AtLeastLibvips(8, 16)) CheckJpeg2000(file);
        var image = kind == FileKind.Pdf ? Draw(file, limits) : Load(kind, file);
        try
        {
            Check(image, kind, file, limits);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private static void CheckJpeg2000(string file)
    {
        using var stream = File.OpenRead(file);
        if (Jpeg2000.Fault(stream) is { } fault)
            throw new PixelsException($"The JPEG 2000 {fault}, which libvips {Libvips.Version} cannot read. "
                + "Save it anew, with 8 bits or more, or as a TIFF.");
    }

    private static Image Load(FileKind kind, string file)
    {
        const Enums.Access once = Enums.Access.Sequential;
        const Enums.FailOn strict = Enums.FailOn.Error;
        return kind.Loader switch
        {
            "jpegload" => Image.Jpegload(file, access: once, failOn: strict),
            "pngload" => Image.Pngload(file, access: once, failOn: strict),
            "tiffload" => Image.Tiffload(file, access: once, failOn: strict),
            "webpload" => Image.Webpload(file, access: once, failOn: strict),
            "gifload" => Image.Gifload(file, access: once, failOn: strict),
            _ => Image.Jp2kload(file, access: once, failOn: strict),
        };
    }

    /// <summary>A page has no pixels of its own: it gets those of a good scan, or fewer when it is huge.</summary>
    private static Image Draw(string file, PixelLimits limits)
    {
        using var page = Image.Pdfload(file, dpi: PdfPoints, access: Enums.Access.Sequential);
        var fits = PdfPoints * Math.Sqrt((double)limits.MaxPixelsDrawn / page.Width / page.Height);
        return Image.Pdfload(
            file, dpi: double.Min(PdfDpi, fits), access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
    }

    /// <summary>How many scans it has at most: a start of one (SOS) stands in no entropy-coded data.</summary>
    private static int Scans(string file)
    {
        var buffer = new byte[1 << 16];
        var (count, filled) = (0, 0);
        using var stream = File.OpenRead(file);
        while (stream.Read(buffer, filled, buffer.Length - filled) is > 0 and var read && count <= MostScans)
        {
            var bytes = buffer.AsSpan(0, filled + read);
            count += bytes.Count((ReadOnlySpan<byte>)[0xFF, 0xDA]);
            buffer[0] = bytes[^1]; // the next may begin with its second half
            filled = 1;
        }
        return count;
    }

    private static void Check(Image image, FileKind kind, string file, PixelLimits limits)
    {
        var (width, height) = Upright.SizeOf(image);
        var pixels = (long)width * height;
        var size = FormattableString.Invariant($"{width} x {height}");
        if (pixels > limits.MaxPixels)
        {
            throw new PixelsException(FormattableString.Invariant(
                $"The image is too large: {size} = {pixels:N0} pixels; the limit is {limits.MaxPixels:N0}."));
        }

        var widest = image.Bands > UsualBands ? limits.MaxWidth * UsualBands / image.Bands : limits.MaxWidth;
        if (width > widest)
        {
            throw new PixelsException(FormattableString.Invariant(
                $"The image is too wide: {size}; the limit is {widest:N0} pixels. Turn it, or cut it."));
        }

        if (WholeKind(image, kind) is not { } whole) return;
        if (pixels > limits.MaxPixelsHeld)
        {
            throw new PixelsException($"The image is too large for {whole}, which can only be decoded as a whole: "
                + FormattableString.Invariant($"{size} = {pixels:N0} pixels; the limit is {limits.MaxPixelsHeld:N0}. ")
                + "Save it as a baseline JPEG, a TIFF or a JPEG 2000.");
        }

        if (kind == FileKind.Jpeg && Scans(file) > MostScans)
        {
            throw new PixelsException(FormattableString.Invariant(
                $"The progressive JPEG has more than {MostScans} scans, each as dear as a picture: save it anew."));
        }
    }

    private static string? WholeKind(Image image, FileKind kind)
    {
        if (kind.Whole) return $"a {kind.Name}";
        if (image.Contains("jpeg-multiscan") && (int)image.Get("jpeg-multiscan") is not 0) return "a progressive JPEG";
        return image.Contains("interlaced") && (int)image.Get("interlaced") is not 0 ? "an interlaced PNG" : null;
    }
}

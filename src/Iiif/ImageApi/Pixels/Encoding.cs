using NetVips;

namespace Dlcs.Iiif.ImageApi.Pixels;

/// <summary>From pixels to what is sent: mirror, turn, take colour away, compress; in that order.</summary>
internal static class Encoding
{
    private static readonly double[] White = [255, 255, 255];

    /// <exception cref="OperationCanceledException">Time is up.</exception>
    public static byte[] Encode(Raster raster, ImageRequest request, int compression, CancellationToken ct)
    {
        using var pixels = Image.NewFromMemory<byte>(
            raster.Used, raster.Width, raster.Height, 3, Enums.BandFormat.Uchar);
        using var tagged = pixels.Copy(interpretation: Enums.Interpretation.Srgb);
        using var turned = Turn(tagged, request.Rotation, request.Format.Transparent);
        using var toned = Tone(turned, request.Quality, raster.Gray);
        using var stop = ct.UnsafeRegister(static image => ((Image)image!).SetKill(true), toned);
        try
        {
            return Save(toned, request.Format, request.Quality is Quality.Bitonal, compression);
        }
        catch (VipsException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
    }

    private static Image Turn(Image image, Rotation rotation, bool transparent)
    {
        using var mirrored = rotation.Mirrored ? image.FlipHor() : image.Copy();
        return rotation.Degrees switch
        {
            0 => mirrored.Copy(),
            90 => mirrored.Rot90(),
            180 => mirrored.Rot180(),
            270 => mirrored.Rot270(),
            _ => Tilt(mirrored, rotation.Degrees, transparent),
        };
    }

    /// <summary>The canvas grows; its corners are transparent, or white where the format has no alpha.</summary>
    private static Image Tilt(Image image, double degrees, bool transparent)
    {
        using var opaque = image.Bandjoin(255);
        using var bicubic = Interpolate.NewFromName("bicubic");
        using var tilted = opaque.Rotate(degrees, interpolate: bicubic, background: [255, 255, 255, 0]);
        using var bytes = tilted.Cast(Enums.BandFormat.Uchar);
        return transparent ? bytes.Copy() : bytes.Flatten(background: White);
    }

    private static Image Tone(Image image, Quality quality, bool gray)
    {
        if (quality is Quality.Default or Quality.Color && !gray) return image.Copy();

        using var toned = image.Colourspace(Enums.Interpretation.Bw);
        return quality is Quality.Bitonal ? (toned >= 128) : toned.Copy();
    }

    private static byte[] Save(Image image, Format format, bool bitonal, int compression) => format.Extension switch
    {
        "jpg" => image.JpegsaveBuffer(q: compression, keep: Enums.ForeignKeep.None),
        "png" => image.PngsaveBuffer(
            compression: 4, bitdepth: bitonal && !image.HasAlpha() ? 1 : null, keep: Enums.ForeignKeep.None),
        "webp" => image.WebpsaveBuffer(q: compression, effort: 2, keep: Enums.ForeignKeep.None),
        "gif" => image.GifsaveBuffer(effort: 3, keep: Enums.ForeignKeep.None),
        "tif" => image.TiffsaveBuffer(
            compression: Enums.ForeignTiffCompression.Deflate, predictor: Enums.ForeignTiffPredictor.Horizontal,
            keep: Enums.ForeignKeep.None),
        _ => throw new NotSupportedException($"nothing writes {format.Extension}"),
    };
}

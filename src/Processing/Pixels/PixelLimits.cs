namespace Dlcs.Processing.Pixels;

/// <summary>What a source may ask of this machine.</summary>
/// <param name="MaxPixels">Of any source; larger ones are refused before they are decoded.</param>
/// <param name="MaxPixelsHeld">Of a source that can only be decoded as a whole, in memory: a progressive JPEG, an
/// interlaced PNG, WebP, GIF. Up to 4 bytes of memory each.</param>
/// <param name="MaxPixelsDrawn">Of a page that is drawn (PDF): it is drawn smaller rather than refused.</param>
/// <param name="MaxThumbnail">Longest edge of a thumbnail, pixels; larger ones are left out.</param>
/// <param name="Time">For one source.</param>
/// <param name="MaxWidth">Pixels: whole rows of tiles are held while a picture is cut.</param>
public sealed record PixelLimits(
    long MaxPixels, long MaxPixelsHeld, long MaxPixelsDrawn, int MaxThumbnail, TimeSpan Time,
    int MaxWidth = 200_000)
{
    public static readonly PixelLimits Default =
        new(1_000_000_000, 150_000_000, 100_000_000, 5000, TimeSpan.FromMinutes(15));
}

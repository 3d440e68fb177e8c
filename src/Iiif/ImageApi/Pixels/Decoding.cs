using System.Runtime.InteropServices;
using NetVips;

namespace Dlcs.Iiif.ImageApi.Pixels;

/// <summary>From a stored JPEG to pixels.</summary>
internal static class Decoding
{
    /// <summary>Copies a part of the picture into a raster.</summary>
    /// <param name="width">What the tile's must be, pixels.</param>
    /// <param name="height">What the tile's must be, pixels.</param>
    /// <param name="merged">So many columns of the tile are averaged into one.</param>
    /// <param name="part">Of the tile, once its columns are merged.</param>
    /// <param name="x">Where the part's first column goes.</param>
    /// <exception cref="DamagedException">It is no JPEG of that size, or its data is broken.</exception>
    public static void Decode(
        ReadOnlySpan<byte> jpeg, int width, int height, int merged, Rectangle part, Raster into, int x)
    {
        try
        {
            using var image = Image.NewFromBuffer(jpeg, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
            if (image.Width != width || image.Height != height)
                throw new DamagedException($"a tile of {image.Width} x {image.Height} is stored as {width} x {height}");

            if (image.Bands is 3) into.Gray = false;
            using var rgb = image.Bands is 3 ? null : image.Colourspace(Enums.Interpretation.Srgb);
            using var narrow = merged is 1 ? null : (rgb ?? image).Shrinkh(merged, ceil: true);
            Copy(narrow ?? rgb ?? image, part, into, x);
        }
        catch (VipsException e)
        {
            throw new DamagedException($"a tile cannot be decoded: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static void Copy(Image rgb, Rectangle part, Raster into, int x)
    {
        var pixels = rgb.WriteToMemory(out _);
        try
        {
            for (var row = 0; row < part.Height; row++)
            {
                var from = ((((part.Y + row) * rgb.Width) + part.X) * 3);
                Marshal.Copy(pixels + from, into.Bytes, (row * into.Stride) + (x * 3), part.Width * 3);
            }
        }
        finally
        {
            NetVips.NetVips.Free(pixels);
        }
    }
}

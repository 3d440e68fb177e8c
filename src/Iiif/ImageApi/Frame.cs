namespace Dlcs.Iiif.ImageApi;

/// <summary>Which pixels of the full picture, and how large they are to be.</summary>
/// <param name="Region">Within the picture, at least one pixel.</param>
/// <param name="Width">Pixels before any rotation; at least 1, never more than the region has.</param>
/// <param name="Height">Pixels before any rotation; at least 1, never more than the region has.</param>
/// <param name="Whole">The region is the full picture, however it was asked for.</param>
public sealed record Frame(Rectangle Region, int Width, int Height, bool Whole);

/// <summary>In pixels, from the upper left corner.</summary>
public readonly record struct Rectangle(int X, int Y, int Width, int Height)
{
    public int Right => X + Width;

    public int Bottom => Y + Height;
}

/// <summary>The largest picture that is made.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Area">Pixels; <c>null</c>: what width and height allow.</param>
public readonly record struct SizeLimits(int Width, int Height, long? Area = null)
{
    public bool Admit(int width, int height) =>
        width <= Width && height <= Height && (Area is not { } area || (long)width * height <= area);
}

using NetVips;

namespace Dlcs.Processing.Pixels;

/// <summary>
/// Most pictures say that they are sRGB, in many words. Whether a profile means that is asked of the profile: colours
/// from all over the space go through it, and come out as they were or not.
/// </summary>
internal static class SrgbProfile
{
    private const int Steps = 17;

    /// <summary>One part in 255: what rounding does.</summary>
    private const double Unseen = 1;

    /// <summary>8 bits, three bands, every 16th value of each.</summary>
    private static readonly byte[] Lattice =
    [
        .. from red in Enumerable.Range(0, Steps)
           from green in Enumerable.Range(0, Steps)
           from blue in Enumerable.Range(0, Steps)
           from value in (int[])[red, green, blue]
           select (byte)int.Min(value * 16, byte.MaxValue),
    ];

    /// <exception cref="VipsException">The profile cannot be used.</exception>
    public static bool Is(byte[] profile, Func<Image, Image> transform)
    {
        using var plain = Image.NewFromMemory(Lattice, Steps * Steps, Steps, 3, Enums.BandFormat.Uchar);
        using var colours = plain.Copy(interpretation: Enums.Interpretation.Srgb);
        using var tagged = colours.Mutate(image => image.Set(GValue.BlobType, "icc-profile-data", profile));
        using var shown = transform(tagged);
        using var difference = shown - colours;
        using var distance = difference.Abs();
        return distance.Max() <= Unseen;
    }
}

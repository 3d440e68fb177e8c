using NetVips;

namespace Dlcs.Processing.Pixels;

/// <summary>
/// Makes of any picture what a browser shows rightly without a profile: 8 bits, sRGB or grey (one band), opaque.
/// </summary>
internal static class Colours
{
    private const string Profile = "icc-profile-data";

    /// <exception cref="PixelsException">Its samples are no colours.</exception>
    public static Image ForBrowsers(Image image)
    {
        using var known = Known(image);
        using var opaque = Opaque(known);
        var grey = opaque.Bands is 1;
        var managed = HasProfile(opaque) || opaque.Interpretation is Enums.Interpretation.Cmyk
            ? Managed(opaque, grey) : null;
        using var plain = managed ?? opaque.Colourspace(grey ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);
        return plain.Cast(Enums.BandFormat.Uchar);
    }

    /// <summary>The bands that mean something, and what they mean.</summary>
    private static Image Known(Image image)
    {
        var colour = IsAbsolute(image) || image.Interpretation is Enums.Interpretation.Cmyk;
        var wide = image.Format is Enums.BandFormat.Ushort;
        if (!colour && !wide && image.Format is not Enums.BandFormat.Uchar)
        {
            throw new PixelsException($"The samples of the image are of the type {image.Format}; only 8 and 16 bits "
                + "can be shown. Convert it first.");
        }

        if (colour) return image.Copy();
        var greys = wide ? Enums.Interpretation.Grey16 : Enums.Interpretation.Bw;
        var reds = wide ? Enums.Interpretation.Rgb16 : Enums.Interpretation.Srgb;
        return image.Bands switch
        {
            1 or 2 => image.Copy(interpretation: greys),
            3 or 4 => image.Copy(interpretation: reds),
            _ => First3(image, reds), // what more there is, no browser shows
        };
    }

    private static bool IsAbsolute(Image image) => image.Interpretation
        is Enums.Interpretation.Lab or Enums.Interpretation.Labs
        or Enums.Interpretation.Xyz or Enums.Interpretation.Scrgb;

    private static Image First3(Image image, Enums.Interpretation interpretation)
    {
        using var bands = image.ExtractBand(0, n: 3);
        return bands.Copy(interpretation: interpretation);
    }

    /// <summary>On white, as on paper; done in the source's own colours, where white is known.</summary>
    private static Image Opaque(Image image)
    {
        var inks = image.Interpretation is Enums.Interpretation.Cmyk;
        if (inks && image.Bands > 4) return image.ExtractBand(0, n: 4);
        if (inks || !image.HasAlpha()) return image.Copy();
        return IsAbsolute(image)
            ? image.ExtractBand(0, n: 3)
            : image.Flatten(background: [image.Format is Enums.BandFormat.Ushort ? ushort.MaxValue : byte.MaxValue]);
    }

    /// <summary>Has it one that speaks of its colours? libvips would bend the picture to the profile otherwise. ICC.1,
    /// 7.2.6: the space stands in bytes 16 to 19.</summary>
    private static bool HasProfile(Image image)
    {
        if (!image.Contains(Profile) || (byte[])image.Get(Profile) is not { Length: > 128 } profile) return false;
        var space = profile.AsSpan(16, 4);
        return image.Interpretation switch
        {
            Enums.Interpretation.Bw or Enums.Interpretation.Grey16 => space.SequenceEqual("GRAY"u8),
            Enums.Interpretation.Srgb or Enums.Interpretation.Rgb16 => space.SequenceEqual("RGB "u8),
            Enums.Interpretation.Cmyk => space.SequenceEqual("CMYK"u8),
            _ => false,
        };
    }

    /// <summary>Through the picture's own profile, or that of usual inks; <c>null</c> when that cannot be done, or
    /// changes nothing.</summary>
    private static Image? Managed(Image image, bool grey)
    {
        try
        {
            var own = HasProfile(image);
            var plain = image.Interpretation is Enums.Interpretation.Srgb;
            if (own && plain && SrgbProfile.Is((byte[])image.Get(Profile), i => Transform(i, own))) return null;

            var shown = Transform(image, own);
            return grey ? Green(shown) : shown;
        }
        catch (VipsException)
        {
            return null; // a damaged profile: it says nothing
        }
    }

    private static Image Transform(Image image, bool own) => image.IccTransform(
        "srgb", embedded: own, inputProfile: image.Interpretation is Enums.Interpretation.Cmyk ? "cmyk" : null,
        intent: Enums.Intent.Relative, blackPointCompensation: true, depth: 8);

    /// <summary>Of a grey in three bands: all are alike.</summary>
    private static Image Green(Image grey)
    {
        using (grey)
        {
            using var band = grey.ExtractBand(1);
            return band.Copy(interpretation: Enums.Interpretation.Bw);
        }
    }
}

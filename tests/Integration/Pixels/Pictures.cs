using NetVips;

namespace Dlcs.Integration.Pixels;

/// <summary>Pictures to begin with: no two corners alike, so that no turn, mirror or shift goes unseen.</summary>
internal static class Pictures
{
    /// <summary>Muted colours that every printing ink reaches; 8 bits, sRGB.</summary>
    public static Image Colour(int width, int height)
    {
        using var at = Image.Xyz(width, height);
        using var across = at[0] * (110.0 / width) + 80;
        using var down = at[1] * (110.0 / height) + 80;
        using var waves = Image.Sines(width, height, hfreq: 3, vfreq: 2) * 50 + 130;
        using var bands = across.Bandjoin(down, waves);
        using var mark = Image.Black(width / 4, height / 5) + (double[])[60, 90, 160];
        using var marked = bands.Insert(mark, width / 20, height / 15);
        return marked.Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb).CopyMemory();
    }

    public static Image Grey(int width, int height)
    {
        using var colour = Colour(width, height);
        return colour.Colourspace(Enums.Interpretation.Bw).CopyMemory();
    }

    /// <summary>A page of print: hard edges and fine detail, what thumbnails suffer from.</summary>
    public static Image Print(int width, int height)
    {
        using var at = Image.Xyz(width, height);
        using var lines = (at[1] % 40) < 22;
        using var words = ((at[0] + (at[1] / 40) * 17) % 130) < 96;
        using var strokes = (at[0] % 9) < 4;
        using var ink = lines & words & strokes;
        using var page = ink.Ifthenelse(45, 235);
        using var paper = page.Bandjoin(page * 0.96, page * 0.85);
        using var blurred = paper.Gaussblur(1);
        return blurred.Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb).CopyMemory();
    }
}

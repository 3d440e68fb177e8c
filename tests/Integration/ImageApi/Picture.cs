using NetVips;

namespace Dlcs.Integration.ImageApi;

/// <summary>Pictures made for the tests, in memory: sRGB or gray, 8 bits.</summary>
internal static class Picture
{
    /// <summary>One of these as a JPEG, as the member <c>file</c> of an image carries it.</summary>
    public static string File(int width, int height)
    {
        using var picture = Make(width, height);
        return Convert.ToBase64String(picture.JpegsaveBuffer(q: 80));
    }

    /// <summary>
    /// Like a photograph, as far as arithmetic goes: soft colours that say where one is, fine lines whose direction and
    /// density change, a dark frame of 8 pixels, a red square at the upper left and a blue one at the lower right.
    /// </summary>
    public static Image Make(int width, int height)
    {
        using var xyz = Image.Xyz(width, height);
        using var x = xyz[0];
        using var y = xyz[1];
        using var waves = ((x * x / width * 12) + (y * y / height * 9)).Sin() * 30;
        using var red = (x / width * 170) + 40 + waves;
        using var green = (y / height * 170) + 40 + waves;
        using var blue = (((x + y) / (width + height)) * -150) + 200 + (waves * 0.5);
        using var joined = red.Bandjoin(green, blue);
        using var bytes = joined.Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        return bytes.Mutate(picture =>
        {
            picture.DrawRect([20, 20, 30], 0, 0, width, 8, fill: true);
            picture.DrawRect([20, 20, 30], 0, height - 8, width, 8, fill: true);
            picture.DrawRect([20, 20, 30], 0, 0, 8, height, fill: true);
            picture.DrawRect([20, 20, 30], width - 8, 0, 8, height, fill: true);
            picture.DrawRect([220, 30, 30], 24, 24, width / 8, height / 8, fill: true);
            picture.DrawRect([30, 30, 220], width - 24 - (width / 8), height - 24 - (height / 8),
                width / 8, height / 8, fill: true);
        });
    }

    /// <summary>The mean of each square of that many pixels; at the edge, of what is there.</summary>
    public static Image Halved(Image picture, int factor)
    {
        var (across, down) = ((picture.Width + factor - 1) / factor, (picture.Height + factor - 1) / factor);
        using var even = picture.Embed(0, 0, across * factor, down * factor, extend: Enums.Extend.Copy);
        return even.Shrink(factor, factor);
    }

    /// <summary>How alike two pictures are; 30 dB looks good, 40 dB cannot be told apart.</summary>
    /// <exception cref="ShouldAssertException">They are not of one size.</exception>
    public static double Likeness(Image left, Image right)
    {
        (left.Width, left.Height).ShouldBe((right.Width, right.Height));
        using var difference = left - right;
        using var square = difference * difference;
        var error = square.Avg();
        return error is 0 ? double.PositiveInfinity : 10 * Math.Log10(255 * 255 / error);
    }
}

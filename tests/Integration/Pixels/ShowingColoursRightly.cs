using NetVips;

namespace Dlcs.Integration.Pixels;

public sealed class ShowingColoursRightly : Workbench
{
    /// <summary>Computed by hand from the definitions of both spaces.</summary>
    [Theory]
    [InlineData(100, 150, 100, 66, 151, 97)]
    [InlineData(180, 120, 90, 200, 121, 88)]
    [InlineData(60, 90, 160, 36, 90, 164)]
    public async Task converts_adobe_rgb(int r, int g, int b, int red, int green, int blue)
    {
        using var plain = Flat(r, g, b);

        var shown = await Shown(Save(Tagged(plain, Profiles.AdobeRgb()), (image, file) => image.Jpegsave(file, q: 95)));

        ShouldBeAbout(PixelAt(shown, 20, 20), red, green, blue);
    }

    [Fact]
    public async Task converts_display_p3()
    {
        using var picture = Pictures.Colour(600, 500);
        using var p3 = picture.IccTransform("p3", inputProfile: "srgb");
        Decibels(p3, picture).ShouldBeLessThan(33);

        var shown = await Shown(Save(p3, (image, file) => image.Pngsave(file, profile: "p3")));

        Decibels(shown, picture).ShouldBeGreaterThan(35);
    }

    [Fact]
    public async Task leaves_the_pixels_of_srgb_as_they_are()
    {
        using var picture = Pictures.Colour(600, 500);

        var tagged = await Make(Save(picture, (image, file) => image.Pngsave(file, profile: "srgb")));
        var digest = tagged.Pyramid!.Sha256;
        var untagged = await Make(Save(picture, (image, file) => image.Pngsave(file)));

        digest.ShouldBe(untagged.Pyramid!.Sha256);
    }

    [Theory]
    [InlineData("tiff")]
    [InlineData("jpeg")]
    public async Task converts_printing_inks_with_their_profile(string kind)
    {
        using var picture = Pictures.Colour(600, 500);
        using var inks = picture.IccTransform("cmyk", inputProfile: "srgb", intent: Enums.Intent.Relative);

        var shown = await Shown(Save(inks, (image, file) =>
        {
            if (kind is "tiff") image.Tiffsave(file, profile: "cmyk");
            else image.Jpegsave(file, q: 95, profile: "cmyk");
        }));

        Decibels(shown, picture).ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task converts_printing_inks_without_a_profile_as_well_as_one_can()
    {
        using var picture = Pictures.Colour(600, 500);
        using var inks = picture.IccTransform("cmyk", inputProfile: "srgb", intent: Enums.Intent.Relative);
        using var untagged = inks.Mutate(m => m.Remove("icc-profile-data"));

        var shown = await Shown(Save(untagged, (image, file) => image.Tiffsave(file)));

        Decibels(shown, picture).ShouldBeGreaterThan(30);
    }

    [Theory]
    [InlineData(64, 81)]
    [InlineData(128, 146)]
    [InlineData(200, 210)]
    public async Task converts_a_grey_and_keeps_it_one_band(int grey, int expected)
    {
        using var plain = Flat(grey);

        var shown = await Shown(Save(Tagged(plain, Profiles.Grey18()), (image, file) => image.Tiffsave(file)));

        shown.Bands.ShouldBe(1);
        PixelAt(shown, 20, 20)[0].ShouldBe(expected, 2);
    }

    [Fact]
    public async Task takes_no_notice_of_a_profile_that_cannot_be_used()
    {
        using var plain = Flat(100, 150, 100);

        foreach (var profile in (byte[][])[[1, 2, 3], Profiles.Grey18(), new byte[500]])
        {
            var shown = await Shown(Save(Tagged(plain, profile), (image, file) => image.Tiffsave(file)));
            ShouldBeAbout(PixelAt(shown, 20, 20), 100, 150, 100);
        }
    }

    [Theory]
    [InlineData(Enums.Interpretation.Rgb16, 3)]
    [InlineData(Enums.Interpretation.Grey16, 1)]
    public async Task brings_16_bits_down_to_8(Enums.Interpretation interpretation, int bands)
    {
        using var picture = bands is 3 ? Pictures.Colour(600, 500) : Pictures.Grey(600, 500);
        using var wide = (picture * 257).Cast(Enums.BandFormat.Ushort).Copy(interpretation: interpretation);

        var png = await Shown(Save(wide, (image, file) => image.Pngsave(file)));
        var tiff = await Shown(Save(wide, (image, file) => image.Tiffsave(file)));

        Decibels(png, picture).ShouldBeGreaterThan(35);
        Decibels(tiff, picture).ShouldBeGreaterThan(35);
    }

    [Fact]
    public async Task shows_of_many_channels_those_that_are_colours()
    {
        using var picture = Pictures.Colour(600, 500);
        using var many = picture.Bandjoin(new[] { 255d, 255, 255, 255 });

        var shown = await Shown(Save(many, (image, file) => image.Tiffsave(file)));

        Decibels(shown, picture).ShouldBeGreaterThan(35);
    }

    [Fact]
    public async Task converts_16_bits_with_a_profile()
    {
        using var plain = (Flat(100, 150, 100) * 257).Cast(Enums.BandFormat.Ushort);
        using var wide = plain.Copy(interpretation: Enums.Interpretation.Rgb16);

        var shown = await Shown(Save(Tagged(wide, Profiles.AdobeRgb()), (image, file) => image.Tiffsave(file)));

        ShouldBeAbout(PixelAt(shown, 20, 20), 66, 151, 97);
    }

    [Fact]
    public async Task converts_lab()
    {
        using var picture = Pictures.Colour(600, 500);
        using var lab = picture.Colourspace(Enums.Interpretation.Lab);

        var shown = await Shown(Save(lab, (image, file) => image.Tiffsave(file)));

        Decibels(shown, picture).ShouldBeGreaterThan(33);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public async Task lays_what_is_transparent_on_white(int bits)
    {
        using var ink = Flat(200, 40, 40);
        using var alpha = Image.Black(60, 60).Insert(Image.Black(30, 60) + 255, 0, 0).Cast(Enums.BandFormat.Uchar);
        using var half = ink.Bandjoin(alpha).Copy(interpretation: Enums.Interpretation.Srgb);
        using var source = bits is 8 ? half : (half * 257).Cast(Enums.BandFormat.Ushort)
            .Copy(interpretation: Enums.Interpretation.Rgb16);

        var shown = await Shown(Save(source, (image, file) => image.Pngsave(file)));

        ShouldBeAbout(PixelAt(shown, 8, 20), 200, 40, 40);
        ShouldBeAbout(PixelAt(shown, 52, 20), 255, 255, 255);
    }

    [Fact]
    public async Task lays_a_transparent_grey_on_white()
    {
        using var grey = Flat(90).Bandjoin(Flat(0)).Copy(interpretation: Enums.Interpretation.Bw);

        var shown = await Shown(Save(grey, (image, file) => image.Pngsave(file)));

        shown.Bands.ShouldBe(1);
        PixelAt(shown, 20, 20)[0].ShouldBe(255, 1);
    }

    private async Task<Image> Shown(string source) => await Level(await Make(source), 0);

    private static Image Flat(params int[] colour)
    {
        using var black = Image.Black(60, 60, colour.Length);
        return (black + colour.Select(c => (double)c).ToArray()).Cast(Enums.BandFormat.Uchar)
            .Copy(interpretation: colour.Length is 1 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);
    }

    private static Image Tagged(Image image, byte[] profile) =>
        image.Mutate(m => m.Set(GValue.BlobType, "icc-profile-data", profile));

    private static void ShouldBeAbout(double[] pixel, params int[] colour)
    {
        pixel.Length.ShouldBe(colour.Length);
        for (var band = 0; band < colour.Length; band++)
            pixel[band].ShouldBe(colour[band], 3, string.Join(',', pixel));
    }
}

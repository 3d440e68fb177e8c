using Dlcs.Processing.Pixels;
using NetVips;

namespace Dlcs.Integration.Pixels;

public sealed class MakingThumbnails : Workbench
{
    private static readonly string[] Policy = ["!1024,1024", "!400,400", "!200,200", "!100,100"];

    [Theory]
    [InlineData(2600, 1900)]
    [InlineData(1900, 2600)]
    [InlineData(1100, 1100)]
    public async Task looks_like_the_source_scaled_with_care(int width, int height)
    {
        using var picture = Pictures.Colour(width, height);
        var made = await Make(Save(picture, (image, file) => image.Pngsave(file)), Policy);

        made.Thumbnails.Select(thumbnail => int.Max(thumbnail.Width, thumbnail.Height)).ShouldBe([1024, 400, 200, 100]);
        foreach (var thumbnail in made.Thumbnails)
        {
            using var shown = Image.NewFromFile(thumbnail.File);
            using var careful = Scaled(picture, thumbnail.Width, thumbnail.Height);
            Decibels(shown, careful).ShouldBeGreaterThan(35, $"{thumbnail.Width} x {thumbnail.Height}");
        }
    }

    /// <summary>JPEG itself blurs fine print: compared is with a careful picture that went through JPEG too.</summary>
    [Fact]
    public async Task shows_no_patterns_that_are_not_in_the_source()
    {
        using var print = Pictures.Print(2600, 3500);
        var made = await Make(Save(print, (image, file) => image.Pngsave(file)), Policy);

        foreach (var thumbnail in made.Thumbnails)
        {
            using var shown = Image.NewFromFile(thumbnail.File);
            using var careful = AsJpeg(Scaled(print, thumbnail.Width, thumbnail.Height));
            using var careless = AsJpeg(Scaled(print, thumbnail.Width, thumbnail.Height, Enums.Kernel.Nearest));
            Decibels(shown, careful).ShouldBeGreaterThan(30, $"{thumbnail.Width} x {thumbnail.Height}");
            Decibels(careless, careful).ShouldBeLessThan(27);
        }
    }

    [Fact]
    public async Task skips_what_is_larger_than_the_source_and_grows_where_it_may()
    {
        using var picture = Pictures.Colour(900, 600);
        var made = await Make(Save(picture, (image, file) => image.Pngsave(file)), "!1024,1024", "^1200,", "450,");

        made.Thumbnails.Select(thumbnail => (thumbnail.Width, thumbnail.Height)).ShouldBe([(1200, 800), (450, 300)]);
        using var grown = Image.NewFromFile(made.Thumbnails[0].File);
        Decibels(grown, Scaled(picture, 1200, 800)).ShouldBeGreaterThan(33);
    }

    [Fact]
    public async Task leaves_out_the_pyramid_where_none_is_asked_for()
    {
        using var picture = Pictures.Colour(900, 600);
        var source = Save(picture, (image, file) => image.Pngsave(file));
        var order = new DerivativeOrder(false, [ThumbnailSize.Parse("!100,100")!]);

        var made = await Derivatives.Make(source, order, Work, PixelLimits.Default, Ct);

        made.Pyramid.ShouldBeNull();
        made.Thumbnails.Count.ShouldBe(1);
    }

    private static Image AsJpeg(Image image) => Image.JpegloadBuffer(image.JpegsaveBuffer(q: 85));

    private static Image Scaled(Image image, int width, int height, Enums.Kernel kernel = Enums.Kernel.Lanczos3) =>
        image.Resize((double)width / image.Width, vscale: (double)height / image.Height, kernel: kernel);
}

using System.Globalization;
using System.Text;
using Dlcs.Processing.Pixels;
using NetVips;

namespace Dlcs.Integration.Pixels;

public sealed class ReadingEveryKindOfFile : Workbench
{
    private sealed record Kind(string MediaType, double Decibels, Action<Image, string> Save);

    private static readonly Dictionary<string, Kind> Kinds = new()
    {
        ["jpeg"] = new("image/jpeg", 35, (image, file) => image.Jpegsave(file, q: 95)),
        ["progressive jpeg"] = new("image/jpeg", 35, (image, file) => image.Jpegsave(file, q: 95, interlace: true)),
        ["png"] = new("image/png", 35, (image, file) => image.Pngsave(file)),
        ["interlaced png"] = new("image/png", 35, (image, file) => image.Pngsave(file, interlace: true)),
        ["palette png"] = new("image/png", 28, (image, file) => image.Pngsave(file, palette: true)),
        ["webp"] = new("image/webp", 33, (image, file) => image.Webpsave(file, q: 95)),
        ["lossless webp"] = new("image/webp", 35, (image, file) => image.Webpsave(file, lossless: true)),
        ["gif"] = new("image/gif", 28, (image, file) => image.Gifsave(file)),
        ["jp2"] = new("image/jp2", 35, (image, file) => Jp2(image, file, lossless: true)),
        ["tiled jp2"] = new("image/jp2", 35, (image, file) => Jp2(image, file, lossless: true, tile: 256)),
        ["lossy jp2"] = new("image/jp2", 33, (image, file) => Jp2(image, file, lossless: false)),
        ["tiff in strips"] = new("image/tiff", 35, (image, file) => image.Tiffsave(file)),
        ["tiff in tiles"] = new("image/tiff", 35, (image, file) =>
            image.Tiffsave(file, tile: true, tileWidth: 256, tileHeight: 128)),
        ["lzw tiff"] = new("image/tiff", 35, (image, file) =>
            image.Tiffsave(
                file, compression: Enums.ForeignTiffCompression.Lzw, predictor: Enums.ForeignTiffPredictor.Horizontal)),
        ["jpeg tiff"] = new("image/tiff", 35, (image, file) =>
            image.Tiffsave(file, compression: Enums.ForeignTiffCompression.Jpeg, q: 95)),
        ["big tiff"] = new("image/tiff", 35, (image, file) => image.Tiffsave(file, bigtiff: true)),
        ["pyramidal tiff"] = new("image/tiff", 35, (image, file) => image.Tiffsave(file, tile: true, pyramid: true)),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task shows_the_picture_that_is_in_it(string name)
    {
        var kind = Kinds[name];
        using var picture = Pictures.Colour(1300, 900);

        var made = await Make(Save(picture, kind.Save));

        made.MediaType.ShouldBe(kind.MediaType);
        using var shown = await Level(made, 0);
        Decibels(shown, picture).ShouldBeGreaterThan(kind.Decibels);
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("png")]
    [InlineData("jp2")]
    [InlineData("tiff in strips")]
    [InlineData("tiff in tiles")]
    public async Task keeps_a_grey_picture_grey(string name)
    {
        using var picture = Pictures.Grey(1300, 900);

        using var shown = await Level(await Make(Save(picture, Kinds[name].Save)), 0);

        shown.Bands.ShouldBe(1);
        Decibels(shown, picture).ShouldBeGreaterThan(35);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task reads_a_bitmap_of_one_bit(bool whiteIsZero)
    {
        using var picture = Pictures.Grey(700, 500) > 128;
        var source = Save(picture, (image, file) => image.Tiffsave(
            file, bitdepth: 1, miniswhite: whiteIsZero, compression: Enums.ForeignTiffCompression.Ccittfax4));

        using var shown = await Level(await Make(source), 0);

        Decibels(shown, picture).ShouldBeGreaterThan(30);
    }

    [Theory]
    [InlineData("tiff")]
    [InlineData("gif")]
    [InlineData("webp")]
    public async Task takes_the_first_of_several_pictures(string kind)
    {
        using var first = Pictures.Colour(600, 400);
        using var second = first.Invert();
        using var both = first.Join(second, Enums.Direction.Vertical)
            .Mutate(m => m.Set(GValue.GIntType, "page-height", 400));

        var made = await Make(Save(both, (image, file) =>
        {
            if (kind is "tiff") image.Tiffsave(file);
            else if (kind is "gif") image.Gifsave(file);
            else image.Webpsave(file, lossless: true);
        }));

        (made.Width, made.Height).ShouldBe((600, 400));
        using var shown = await Level(made, 0);
        Decibels(shown, first).ShouldBeGreaterThan(28);
    }

    [Fact]
    public async Task draws_the_first_page_of_a_pdf_as_a_good_scan_would()
    {
        var made = await Make(Save(Pdf(144, 72)));

        (made.MediaType, made.Width, made.Height).ShouldBe(("application/pdf", 600, 300));
        using var shown = await Level(made, 0);
        PixelAt(shown, 150, 150).ShouldBe([255, 0, 0], 3);
        PixelAt(shown, 450, 150).ShouldBe([255, 255, 255], 3);
    }

    [Fact]
    public async Task draws_a_huge_page_smaller()
    {
        var made = await Make(Save(Pdf(14_400, 7200)), PixelLimits.Default with { MaxPixelsDrawn = 500_000 });

        ((long)made.Width * made.Height).ShouldBeInRange(495_000, 505_000);
        made.Width.ShouldBeInRange((made.Height * 2) - 2, (made.Height * 2) + 2);
    }

    /// <summary>A page whose left half is red.</summary>
    private static byte[] Pdf(int width, int height)
    {
        var (text, offsets) = (new StringBuilder("%PDF-1.4\n"), new List<int>());
        var drawing = string.Create(CultureInfo.InvariantCulture, $"1 0 0 rg 0 0 {width / 2} {height} re f");
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            string.Create(CultureInfo.InvariantCulture,
                $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents 4 0 R/Resources<<>>>>"),
            string.Create(CultureInfo.InvariantCulture, $"<</Length {drawing.Length}>>stream\n{drawing}\nendstream"),
        ];
        foreach (var (index, each) in objects.Index())
        {
            offsets.Add(text.Length);
            text.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj{each}\nendobj\n");
        }

        var table = text.Length;
        text.Append("xref\n0 5\n0000000000 65535 f \n");
        foreach (var offset in offsets) text.Append(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n");
        text.Append(CultureInfo.InvariantCulture, $"trailer<</Size 5/Root 1 0 R>>\nstartxref\n{table}\n%%EOF");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>libvips chooses the saver by the name of the file.</summary>
    private static void Jp2(Image image, string file, bool lossless, int tile = 2048) => File.WriteAllBytes(
        file, image.Jp2ksaveBuffer(tileWidth: tile, tileHeight: tile, lossless: lossless, q: 60));
}

using System.IO.Compression;
using System.Security.Cryptography;
using NetVips;

namespace Dlcs.Integration.Pixels;

public sealed class CuttingTiles : Workbench
{
    [Theory]
    [InlineData(1301, 907)]
    [InlineData(512, 512)]
    [InlineData(513, 511)]
    [InlineData(1025, 300)]
    [InlineData(2047, 2049)]
    public async Task keeps_the_pixels_of_the_source_in_every_level(int width, int height)
    {
        using var picture = Pictures.Colour(width, height);
        var made = await Make(Save(picture, (image, file) => image.Pngsave(file)));

        (made.Width, made.Height).ShouldBe((width, height));
        for (var level = 0; level < made.Pyramid!.Levels; level++)
        {
            using var tiles = await Level(made, level);
            using var expected = picture.Resize(
                (double)tiles.Width / width, vscale: (double)tiles.Height / height, kernel: Enums.Kernel.Lanczos3);
            Decibels(tiles, expected).ShouldBeGreaterThan(35, $"level {level}");
        }
    }

    [Fact]
    public async Task crops_the_tiles_at_the_edges_to_their_true_size()
    {
        using var picture = Pictures.Colour(1301, 907);
        var (key, index) = await Store(await Make(Save(picture, (image, file) => image.Pngsave(file))));

        using var corner = await Tile(key, index.TileOf(0, 2, 1));

        (corner.Width, corner.Height).ShouldBe((1301 - 1024, 907 - 512));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 700, 2)]
    [InlineData(60_000, 3, 8)]
    [InlineData(3, 60_000, 8)]
    public async Task takes_the_smallest_and_the_longest(int width, int height, int levels)
    {
        using var picture = Image.Black(width, height) + 200;
        var source = Save(picture.Cast(Enums.BandFormat.Uchar), (image, file) => image.Jpegsave(file));

        var made = await Make(source, "!100,100", "^!100,100");

        made.Pyramid!.Levels.ShouldBe(levels);
        using var smallest = await Level(made, levels - 1);
        PixelAt(smallest, 0, 0)[0].ShouldBe(200, 1);
        made.Thumbnails.ShouldContain(thumbnail => thumbnail.Width == 100 || thumbnail.Height == 100);
    }

    [Fact]
    public async Task gives_the_same_object_for_the_same_source()
    {
        using var picture = Pictures.Colour(1301, 907);
        var source = Save(picture, (image, file) => image.Jpegsave(file));

        var (first, second) = ((await Make(source, "!400,400")), await Make(source, "!400,400"));

        second.Pyramid!.Sha256.ShouldBe(first.Pyramid!.Sha256);
        second.Thumbnails[0].Sha256.ShouldBe(first.Thumbnails[0].Sha256);
    }

    [Fact]
    public async Task tells_the_length_and_the_digest_of_what_it_made()
    {
        using var picture = Pictures.Colour(700, 500);
        var made = await Make(Save(picture, (image, file) => image.Jpegsave(file)), "!100,100");

        var (pyramid, thumbnail) = (made.Pyramid!, made.Thumbnails.ShouldHaveSingleItem());
        (string, long, string)[] files =
            [(pyramid.File, pyramid.Bytes, pyramid.Sha256), (thumbnail.File, thumbnail.Bytes, thumbnail.Sha256)];
        foreach (var (file, bytes, sha) in files)
        {
            var content = await File.ReadAllBytesAsync(file, Ct);
            content.LongLength.ShouldBe(bytes);
            Convert.ToHexStringLower(SHA256.HashData(content)).ShouldBe(sha);
        }

        made.Tools.Keys.ShouldBe(["libvips", "dlcs"]);
    }

    [Fact]
    public async Task opens_in_any_zip_tool()
    {
        using var picture = Pictures.Colour(1301, 907);
        var made = await Make(Save(picture, (image, file) => image.Jpegsave(file)));

        await using var zip = await ZipFile.OpenReadAsync(made.Pyramid!.File, Ct);
        zip.Entries.Count.ShouldBe(9);
        zip.ExtractToDirectory(Path.Combine(Work, "extracted"));

        using var smallest = Image.NewFromFile(Path.Combine(Work, "extracted/2/0_0.jpg"));
        (smallest.Width, smallest.Height).ShouldBe((326, 227));
    }

    [Fact]
    public async Task leaves_nothing_of_the_source_in_a_tile_but_its_pixels()
    {
        using var picture = Pictures.Colour(300, 200).Mutate(m =>
        {
            m.Set(GValue.GStrType, "exif-ifd0-Artist", "A. Person");
            m.Set(GValue.GStrType, "exif-ifd0-Copyright", "A. Person");
        });
        var source = Save(picture, (image, file) => image.Jpegsave(file, profile: "p3"));
        Fields(source).ShouldContain("exif-data");
        Fields(source).ShouldContain("icc-profile-data");

        var made = await Make(source, "!100,100");

        using var tile = await Level(made, 0);
        foreach (var fields in (string[][])[tile.GetFields(), Fields(made.Thumbnails[0].File)])
        {
            fields.ShouldNotContain("exif-data");
            fields.ShouldNotContain("icc-profile-data");
        }

        static string[] Fields(string file) => Image.NewFromFile(file).GetFields();
    }
}

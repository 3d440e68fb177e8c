using System.IO.Compression;
using System.Text;
using Dlcs.Processing.Pixels;
using NetVips;

namespace Dlcs.Integration.Pixels;

public sealed class RefusingABadSource : Workbench
{
    private static readonly Dictionary<string, Action<Image, string>> Kinds = new()
    {
        ["JPEG"] = (image, file) => image.Jpegsave(file, q: 90),
        ["PNG"] = (image, file) => image.Pngsave(file),
        ["TIFF"] = (image, file) => image.Tiffsave(file),
        ["WebP"] = (image, file) => image.Webpsave(file),
        ["GIF"] = (image, file) => image.Gifsave(file),
        ["JPEG 2000"] = (image, file) => File.WriteAllBytes(file, image.Jp2ksaveBuffer()),
    };

    public static TheoryData<string, double> Truncations =>
        [.. from kind in Kinds.Keys from part in (double[])[0.02, 0.5, 0.97] select (kind, part)];

    [Theory]
    [MemberData(nameof(Truncations))]
    public async Task says_that_a_file_is_cut_short(string kind, double part)
    {
        using var picture = Pictures.Colour(900, 700);
        var whole = await File.ReadAllBytesAsync(Save(picture, Kinds[kind]), Ct);

        var refusal = await Refused(Save(whole[..(int)(whole.Length * part)]));

        refusal.ShouldStartWith($"The {kind} is damaged or incomplete and cannot be decoded");
        refusal.ShouldNotContain(Path.GetTempPath());
    }

    [Fact]
    public async Task says_that_html_came() => (await Refused(Save("<!doctype html><title>Gone</title>"u8.ToArray())))
        .ShouldStartWith("The origin sent HTML, not an image");

    [Fact]
    public async Task says_that_nothing_came() => (await Refused(Save([]))).ShouldContain("empty file (0 bytes)");

    [Fact]
    public async Task says_that_a_pdf_is_none() =>
        (await Refused(Save("%PDF-1.4\nnothing at all"u8.ToArray()))).ShouldStartWith("The PDF is damaged");

    /// <summary>40,000 x 40,000 pixels in 200 kB: it would take 5 GB to look at it.</summary>
    [Fact]
    public async Task refuses_a_bomb_before_it_goes_off()
    {
        var before = Environment.WorkingSet;

        (await Refused(Save(Bomb(40_000)))).ShouldBe(
            "The image is too large: 40000 x 40000 = 1,600,000,000 pixels; the limit is 1,000,000,000.");

        (Environment.WorkingSet - before).ShouldBeLessThan(2_000_000_000);
    }

    [Fact]
    public async Task refuses_a_progressive_jpeg_that_begins_again_and_again()
    {
        using var picture = Pictures.Colour(400, 300);
        byte[] whole = [.. picture.JpegsaveBuffer(interlace: true)];
        byte[] scans = [.. Enumerable.Repeat<byte[]>([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0], 300).SelectMany(s => s)];

        (await Refused(Save([.. whole, .. scans]))).ShouldStartWith("The progressive JPEG has more than 200 scans");
    }

    [Fact]
    public async Task refuses_what_is_too_wide_for_a_row_of_tiles()
    {
        using var picture = Image.Black(200_001, 2);

        (await Refused(Save(picture, (image, file) => image.Pngsave(file))))
            .ShouldStartWith("The image is too wide: 200001 x 2; the limit is 200,000 pixels.");
    }

    [Fact]
    public async Task measures_that_once_it_is_upright()
    {
        (await Refused(OnItsSide(2, 200_001)))
            .ShouldStartWith("The image is too wide: 200001 x 2; the limit is 200,000 pixels.");
        var made = await Make(OnItsSide(300_000, 100));

        (made.Width, made.Height).ShouldBe((100, 300_000));

        string OnItsSide(int width, int height)
        {
            using var black = Image.Black(width, height);
            using var turned = black.Mutate(picture => picture.Set(GValue.GIntType, "orientation", 6));
            return Save(turned, (image, file) => image.Tiffsave(file));
        }
    }

    [Theory]
    [InlineData("a progressive JPEG")]
    [InlineData("an interlaced PNG")]
    [InlineData("a WebP")]
    [InlineData("a GIF")]
    public async Task refuses_what_would_take_too_much_memory_at_once(string kind)
    {
        using var picture = Pictures.Colour(400, 300);
        var source = Save(picture, (image, file) =>
        {
            if (kind is "a progressive JPEG") image.Jpegsave(file, interlace: true);
            else if (kind is "an interlaced PNG") image.Pngsave(file, interlace: true);
            else if (kind is "a WebP") image.Webpsave(file);
            else image.Gifsave(file);
        });

        var refusal = await Refused(source, PixelLimits.Default with { MaxPixelsHeld = 100_000 });

        refusal.ShouldStartWith($"The image is too large for {kind}, which can only be decoded as a whole: ");
        refusal.ShouldContain("400 x 300 = 120,000 pixels; the limit is 100,000.");
    }

    [Fact]
    public async Task says_that_measurements_are_no_picture()
    {
        using var heights = Image.Xyz(100, 100).Cast(Enums.BandFormat.Float);

        (await Refused(Save(heights[0], (image, file) => image.Tiffsave(file)))).ShouldContain("only 8 and 16 bits");
    }

    [Fact]
    public async Task survives_any_damage()
    {
        using var picture = Pictures.Colour(200, 150);
        var random = new Random(11);
        foreach (var (_, save) in Kinds)
        {
            var whole = await File.ReadAllBytesAsync(Save(picture, save), Ct);
            for (var run = 0; run < 15; run++)
            {
                var damaged = (byte[])whole.Clone();
                for (var n = 0; n < 8; n++) damaged[random.Next(16, damaged.Length)] = (byte)random.Next(256);
                try
                {
                    await Make(Save(damaged), "!100,100");
                }
                catch (PixelsException)
                {
                    // Read or refused, and nothing else.
                }
            }
        }
    }

    private async Task<string> Refused(string source, PixelLimits? limits = null)
    {
        var refusal = await Should.ThrowAsync<PixelsException>(() => Make(source, limits ?? PixelLimits.Default));
        Directory.GetFiles(Work).ShouldBeEmpty();
        return refusal.Message;
    }

    /// <summary>A grey PNG of one bit, all black.</summary>
    private static byte[] Bomb(int side)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + (side / 8)];
            for (var n = 0; n < side; n++) zlib.Write(row);
        }

        byte[] size = [(byte)(side >> 24), (byte)(side >> 16), (byte)(side >> 8), (byte)side];
        return
        [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", [.. size, .. size, 1, 0, 0, 0, 0]),
            .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", []),
        ];
    }

    private static byte[] Chunk(string name, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. data];
        return [.. BigEndian((uint)data.Length), .. named, .. BigEndian(System.IO.Hashing.Crc32.HashToUInt32(named))];
    }

    private static byte[] BigEndian(uint n) => [(byte)(n >> 24), (byte)(n >> 16), (byte)(n >> 8), (byte)n];
}

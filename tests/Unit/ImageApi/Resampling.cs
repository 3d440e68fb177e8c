using Dlcs.Iiif.ImageApi.Pixels;
using Dlcs.Kernel.Storage.Pyramids;

namespace Dlcs.Unit.ImageApi;

public sealed class Resampling
{
    /// <summary>Resamples a picture of one level, given as bytes; three a pixel.</summary>
    private static byte[] Of(Func<int, int, byte> picture, Source source, int w, int h)
    {
        using var target = new Raster(w, h);
        var resampler = new Resampler(source, target);
        var pixels = source.Pixels;
        for (var y = pixels.Y; y < pixels.Bottom; y++)
        {
            resampler.Add([.. from x in Enumerable.Range(pixels.X, pixels.Width)
                from band in Enumerable.Range(0, 3)
                select picture((x * 3) + band, y)]);
        }

        return target.Used.ToArray();
    }

    private static Source Part(int width, int height, double left, double top, double right, double bottom) =>
        new(new LevelGeometry(0, width, height, 256), left, top, right, bottom, AsStored: false);

    [Fact]
    public void changes_nothing_where_nothing_is_to_be_changed()
    {
        static byte Noise(int x, int y) => (byte)((x * 7919) ^ (y * 104_729));

        Of(Noise, Part(40, 30, 0, 0, 40, 30), 40, 30)
            .ShouldBe(from y in Enumerable.Range(0, 30) from x in Enumerable.Range(0, 120) select Noise(x, y));
    }

    [Fact]
    public void keeps_an_even_colour_whatever_the_sizes() => Properties.Check((width, height, n) =>
    {
        var (sw, sh) = (1 + (n[0] % 90), 1 + (n[1] % 90));
        var (w, h) = (1 + (n[2] % sw), 1 + (n[3] % sh));
        Of((x, _) => (byte)(200 + (x % 3)), Part(sw, sh, 0, 0, sw, sh), w, h)
            .Select((value, i) => value - (200 + (i % 3))).ShouldAllBe(difference => difference == 0);
    });

    [Theory]
    [InlineData(0, 100)]
    [InlineData(0.25, 99.75)]
    [InlineData(10.5, 60.5)]
    [InlineData(7.75, 57.25)]
    public void puts_pixels_where_they_belong_to_a_fraction(double left, double right)
    {
        var source = Part(100, 20, left, 0, right, 20);
        var row = Of((x, _) => (byte)(x / 3 * 2), source, 30, 20)[..90]; // a ramp: 2 a pixel

        var step = (right - left) / 30;
        for (var x = 4; x < 26; x++)
            ((double)row[x * 3]).ShouldBe(((left + ((x + 0.5) * step)) - 0.5) * 2, tolerance: 0.75);
    }

    [Theory]
    [InlineData(10_000, 1)]
    [InlineData(10_007, 3)]
    [InlineData(1_001, 60)]
    public void averages_very_many_rows(int height, int rows)
    {
        var column = Of((_, y) => (byte)(y * 250L / height), Part(1, height, 0, 0, 1, height), 1, rows);

        for (var row = 0; row < rows; row++)
            ((double)column[row * 3]).ShouldBe((row + 0.5) * 250 / rows, tolerance: 4);
    }

    [Fact]
    public void leaves_no_pattern_of_what_is_too_fine_to_show()
    {
        var stripes = Of((x, _) => (byte)(x / 3 % 2 * 255), Part(300, 300, 0, 0, 300, 300), 97, 97);

        stripes[(97 * 3 * 40)..(97 * 3 * 41)].Skip(15).SkipLast(15).ShouldAllBe(value => value > 117 && value < 138);
    }
}

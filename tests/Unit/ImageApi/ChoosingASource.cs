using Dlcs.Iiif.ImageApi;
using Dlcs.Iiif.ImageApi.Pixels;
using Dlcs.Kernel.Storage.Pyramids;

namespace Dlcs.Unit.ImageApi;

public sealed class ChoosingASource
{
    private static readonly PyramidGeometry Folio = new(8008, 5754, 512);

    private static Source Of(Rectangle region, int width, int height) =>
        Source.Of(Folio, new Frame(region, width, height, Whole: false));

    [Theory]
    [InlineData(8008, 5754, 200, 144, 4)]
    [InlineData(8008, 5754, 501, 360, 4)]
    [InlineData(8008, 5754, 502, 361, 3)]
    [InlineData(8008, 5754, 1001, 720, 3)]
    [InlineData(8008, 5754, 5000, 3593, 0)]
    [InlineData(1000, 1000, 500, 500, 1)]
    [InlineData(1000, 1000, 501, 500, 0)]
    [InlineData(1000, 1000, 100, 1000, 0)]
    public void takes_the_smallest_level_that_need_not_be_enlarged(
        int regionWidth, int regionHeight, int width, int height, int level) =>
        Of(new(0, 0, regionWidth, regionHeight), width, height).Level.Level.ShouldBe(level);

    [Theory]
    [InlineData(0, 0, 8008, 5754, 4004, 2877, true)]
    [InlineData(0, 0, 8008, 5754, 2002, 1439, true)]
    [InlineData(16, 16, 160, 160, 10, 10, true)]
    [InlineData(7, 0, 160, 160, 10, 10, false)]
    [InlineData(3, 5, 100, 100, 100, 100, true)]
    [InlineData(3, 5, 100, 100, 99, 99, false)]
    public void knows_when_no_pixel_need_change(int x, int y, int w, int h, int width, int height, bool asStored) =>
        Of(new(x, y, w, h), width, height).AsStored.ShouldBe(asStored);

    [Fact]
    public void keeps_the_fraction_of_a_pixel_where_the_region_begins() =>
        Of(new(7, 9, 1000, 1000), 250, 250).ShouldSatisfyAllConditions(
            source => (source.Left, source.Top, source.Right, source.Bottom).ShouldBe((1.75, 2.25, 251.75, 252.25)),
            source => source.Pixels.ShouldBe(new Rectangle(1, 2, 251, 251)));

    [Theory]
    [InlineData(200_000, 600, 5000, 600, 16)]
    [InlineData(200_000, 600, 1, 600, 16)]
    [InlineData(200_000, 600, 5000, 15, 1)]
    [InlineData(20_000, 600, 100, 600, 1)]
    public void merges_columns_where_only_few_of_many_are_asked_for(
        int pictureWidth, int pictureHeight, int width, int height, int merged)
    {
        var whole = new Frame(new(0, 0, pictureWidth, pictureHeight), width, height, Whole: true);
        var source = Source.Of(new(pictureWidth, pictureHeight, 512), whole);

        source.Merged.ShouldBe(merged);
        source.Columns.Count.ShouldBeInRange(width, Source.MostColumns);
    }

    [Fact]
    public void stays_within_the_level() => Properties.Check((width, height, n) =>
    {
        var pyramid = new PyramidGeometry(width, height, 256);
        var (region, size) = (new Region.Pixels(n[0], n[1], n[2], n[3]), new Size.Within(n[4] + 1, n[5] + 1));
        if (Framing.Of(region, size, width, height, new(5000, 5000)).Value is not { } frame) return;

        var source = Source.Of(pyramid, frame);
        source.Pixels.Right.ShouldBeLessThanOrEqualTo(source.Level.Width);
        source.Pixels.Bottom.ShouldBeLessThanOrEqualTo(source.Level.Height);
        source.Pixels.Width.ShouldBeGreaterThanOrEqualTo(frame.Width);
        source.Pixels.Height.ShouldBeGreaterThanOrEqualTo(frame.Height);
        if (source.AsStored) (source.Pixels.Width, source.Pixels.Height).ShouldBe((frame.Width, frame.Height));
    });
}

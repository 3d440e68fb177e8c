using Dlcs.Iiif.ImageApi;
using Dlcs.Iiif.ImageApi.Pixels;
using Dlcs.Kernel.Storage.Pyramids;

namespace Dlcs.Unit.ImageApi;

public sealed class FindingAStoredTile
{
    private static readonly PyramidGeometry Folio = new(8008, 5754, 512); // 5 levels; the last is 501 x 360
    private static readonly SizeLimits Platform = new(5000, 5000);

    private static StoredTile? Find(PyramidGeometry pyramid, string region, string size, ApiVersion version)
    {
        var asked = Size.Parse(size, version).ShouldNotBeNull();
        return Framing.Of(
            Region.Parse(region).ShouldNotBeNull(), asked, pyramid.Width, pyramid.Height, Platform, pyramid.TileSize)
            .Value is { } frame ? StoredTile.Find(pyramid, frame, asked) : null;
    }

    [Theory]
    [InlineData("512,1024,512,512", "512,512")]
    [InlineData("512,1024,512,512", "512,")]
    [InlineData("512,1024,512,512", ",512")]
    [InlineData("512,1024,512,512", "!512,512")]
    [InlineData("512,1024,512,512", "max")]
    [InlineData("512,1024,512,512", "pct:100")]
    public void whatever_way_its_size_is_spelt(string region, string size) =>
        Find(Folio, region, size, ApiVersion.V3).ShouldBe(new(0, 1, 2));

    [Theory]
    [InlineData("0,0,1024,1024", "512,512", 1, 0, 0)]
    [InlineData("4096,4096,2048,1658", "512,415", 2, 2, 2)]
    [InlineData("7680,5632,328,122", "328,122", 0, 15, 11)]
    [InlineData("7680,5120,328,634", "max", -1, 0, 0)]
    [InlineData("full", "501,360", 4, 0, 0)]
    [InlineData("full", "501,", 4, 0, 0)]
    [InlineData("full", "!501,501", 4, 0, 0)]
    [InlineData("0,0,8008,5754", "501,360", 4, 0, 0)]
    [InlineData("full", "500,360", -1, 0, 0)]
    [InlineData("1,0,512,512", "512,512", -1, 0, 0)]
    [InlineData("0,0,512,512", "511,511", -1, 0, 0)]
    [InlineData("0,0,512,512", "256,256", -1, 0, 0)]
    [InlineData("0,0,513,512", "513,512", -1, 0, 0)]
    public void on_its_level_and_at_the_edges(string region, string size, int level, int column, int row) =>
        Find(Folio, region, size, ApiVersion.V3).ShouldBe(level < 0 ? null : new StoredTile(level, column, row));

    [Theory]
    [InlineData("6144,4096,321,500", "81,", 2, 3, 2)] // the proportions give 81 x 126, stored is 81 x 125
    [InlineData("6144,4096,321,500", "!81,125", 2, 3, 2)]
    [InlineData("6144,0,321,2048", ",512", 2, 3, 0)] // the proportions give 80 x 512, stored is 81 x 512
    public void also_where_a_viewer_leaves_a_side_to_the_server(
        string region, string size, int level, int column, int row) =>
        Find(new(6465, 4596, 512), region, size, ApiVersion.V2).ShouldBe(new StoredTile(level, column, row));

    [Fact]
    public void also_where_that_side_is_far_from_what_the_proportions_give() =>
        Find(new(300, 5000, 512), "0,4096,300,904", "38,", ApiVersion.V2) // they give 38 x 115, stored is 38 x 113
            .ShouldBe(new StoredTile(3, 0, 1));

    [Theory]
    [InlineData(2048, 2049, "0,2048,2048,1", "512,", 2, 0, 1)] // the proportions give 512 x 0, stored is 512 x 1
    [InlineData(8193, 9000, "8192,0,1,8192", "1,", 4, 1, 0)] // they give 1 x 8192, more than is served
    public void also_where_the_proportions_give_no_picture(
        int width, int height, string region, string size, int level, int column, int row) =>
        Find(new(width, height, 512), region, size, ApiVersion.V2).ShouldBe(new StoredTile(level, column, row));

    /// <summary>Who asks for the whole picture means the picture, not a tile.</summary>
    [Theory]
    [InlineData(20_000, 500, "full", ",8")] // 320 x 8, stored is 313 x 8
    [InlineData(20_000, 500, "0,0,20000,500", ",8")]
    [InlineData(300, 5000, "full", "19,")] // 19 x 317, stored is 19 x 313
    [InlineData(300, 5000, "0,0,300,5000", "19,")]
    [InlineData(5000, 300, "4096,0,904,300", ",38")] // 115 x 38, stored is 113 x 38: viewers name the width
    public void but_not_of_another_shape_than_is_asked_for(int width, int height, string region, string size) =>
        Find(new(width, height, 512), region, size, ApiVersion.V3).ShouldBeNull();

    [Theory]
    [InlineData(20_000, 500, ",25", 1024, 25)] // 1000 x 25
    [InlineData(300, 5000, "61,", 61, 1024)] // 61 x 1017
    public void and_no_thumbnail_of_another_shape(int width, int height, string size, int storedWidth, int storedHeight)
    {
        var asked = Size.Parse(size, ApiVersion.V3).ShouldNotBeNull();
        var frame = Framing.Of(new Region.Full(), asked, width, height, Platform).Value.ShouldNotBeNull();

        Pictures.Thumbnail([new("a", storedWidth, storedHeight, 1)], asked, frame).ShouldBeNull();
        Pictures.Thumbnail([new("a", frame.Width + 1, frame.Height, 1)], new Size.ToHeight(frame.Height), frame)
            .ShouldNotBeNull();
    }

    [Fact]
    public void for_every_tile_that_a_viewer_computes() => Properties.Check((width, height, n) =>
    {
        var pyramid = new PyramidGeometry(width, height, 256);
        var level = pyramid.Level(n[0] % pyramid.Levels);
        var (column, row) = (n[1] % level.Columns, n[2] % level.Rows);

        // https://iiif.io/api/image/3.0/implementation/#3-tile-region-parameter-calculation
        var (s, tile) = (level.ScaleFactor, 256 * level.ScaleFactor);
        var (x, y) = (column * tile, row * tile);
        var (w, h) = (int.Min(tile, width - x), int.Min(tile, height - y));
        var (across, down) = ((w + s - 1) / s, (h + s - 1) / s);

        var region = new Region.Pixels(x, y, w, h);
        var exact = Found(new Size.Exact(across, down)).ShouldNotBeNull();
        pyramid.Level(exact.Level).SizeOf(exact.Column, exact.Row).ShouldBe((across, down));
        if (w == width && h == height) return; // who asks for the whole picture means the picture

        // At the lower right corner tiles of several levels may show the same, as wide: any of them will do.
        var named = Found(new Size.ToWidth(across)).ShouldNotBeNull();
        pyramid.Level(named.Level).SizeOf(named.Column, named.Row).Width.ShouldBe(across);

        StoredTile? Found(Size size) => StoredTile.Find(
            pyramid, Framing.Of(region, size, width, height, Platform, 256).Value.ShouldNotBeNull(), size);
    });

    [Fact]
    public void and_makes_every_smaller_tile_that_viewers_are_told_of() => Properties.Check((width, height, n) =>
    {
        var limits = new SizeLimits(300, 300);
        var told = TileSizes.Of(new(width, height, 512), limits);
        told.Size.ShouldBe(256);
        var level = new PyramidGeometry(width, height, told.Size).Level(n[0] % told.Levels);
        var (x, y) = (n[1] % level.Columns * 256 * level.ScaleFactor, n[2] % level.Rows * 256 * level.ScaleFactor);
        var (w, h) = level.SizeOf(n[1] % level.Columns, n[2] % level.Rows);
        var region = new Region.Pixels(x, y, 256 * level.ScaleFactor, 256 * level.ScaleFactor);
        if (x + region.Width >= width && y + region.Height >= height) return;

        var frame = Framing.Of(region, new Size.ToWidth(w), width, height, limits, told.Size).Value.ShouldNotBeNull();
        (frame.Width, frame.Height).ShouldBe((w, h));
    });
}

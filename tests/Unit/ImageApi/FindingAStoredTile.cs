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
        return Framing.Of(Region.Parse(region).ShouldNotBeNull(), asked, pyramid.Width, pyramid.Height, Platform).Value
            is { } frame ? StoredTile.Find(pyramid, frame, asked) : null;
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

        var size = new Size.Exact(across, down);
        var frame = Framing.Of(new Region.Pixels(x, y, w, h), size, width, height, Platform).Value.ShouldNotBeNull();
        var found = StoredTile.Find(pyramid, frame, size).ShouldNotBeNull();
        pyramid.Level(found.Level).SizeOf(found.Column, found.Row).ShouldBe((across, down));
    });
}

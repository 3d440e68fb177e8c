using Dlcs.Kernel.Storage.Pyramids;
using FsCheck;
using FsCheck.Fluent;

namespace Dlcs.Unit.Pixels;

public sealed class MeasuringAPyramid
{
    private static readonly Arbitrary<PyramidGeometry> Geometries = (
        from width in Gen.Choose(1, 70_000)
        from height in Gen.Choose(1, 70_000)
        from tile in Gen.Elements(1, 64, 256, 511, 512, 1024)
        select new PyramidGeometry(width, height, tile)).ToArbitrary();

    [Theory]
    [InlineData(8001, 6003, 512, "8001x6003 4001x3002 2001x1501 1001x751 501x376")]
    [InlineData(1, 1, 512, "1x1")]
    [InlineData(512, 512, 512, "512x512")]
    [InlineData(513, 1, 512, "513x1 257x1")]
    [InlineData(1024, 1025, 512, "1024x1025 512x513 256x257")]
    public void halves_and_rounds_up_until_one_tile_holds_it(int width, int height, int tile, string sizes)
    {
        var geometry = new PyramidGeometry(width, height, tile);

        var levels = Enumerable.Range(0, geometry.Levels).Select(geometry.Level);

        string.Join(' ', levels.Select(level => $"{level.Width}x{level.Height}")).ShouldBe(sizes);
    }

    [Fact]
    public void gives_each_level_the_size_that_viewers_compute() => Prop.ForAll(Geometries, g =>
        Enumerable.Range(0, g.Levels).Select(g.Level).All(l =>
            l.Width == (int)Math.Ceiling((double)g.Width / l.ScaleFactor)
            && l.Height == (int)Math.Ceiling((double)g.Height / l.ScaleFactor))).QuickCheckThrowOnFailure();

    [Fact]
    public void ends_with_the_first_level_that_is_one_tile() => Prop.ForAll(Geometries, g =>
        Enumerable.Range(0, g.Levels).All(l => g.Level(l).Tiles == 1 == (l == g.Levels - 1)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void covers_each_level_with_its_tiles_exactly() => Prop.ForAll(Geometries, g =>
        Enumerable.Range(0, g.Levels).Select(g.Level).All(l =>
            Enumerable.Range(0, l.Columns).Sum(column => l.SizeOf(column, 0).Width) == l.Width
            && Enumerable.Range(0, l.Rows).Sum(row => l.SizeOf(0, row).Height) == l.Height))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void finds_the_smallest_level_that_holds_a_size() => Prop.ForAll(Geometries, g =>
        Enumerable.Range(0, g.Levels).Select(g.Level).All(l =>
            g.SmallestHolding(l.Width, l.Height) is var found && found.Width >= l.Width && found.Height >= l.Height
            && (found.Level == g.Levels - 1 || g.Level(found.Level + 1) is var next
                && (next.Width < l.Width || next.Height < l.Height)))).QuickCheckThrowOnFailure();

    [Fact]
    public void takes_the_full_picture_for_what_is_larger() =>
        new PyramidGeometry(900, 900, 512).SmallestHolding(1024, 1024).Level.ShouldBe(0);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    public void refuses_what_has_no_area(int width, int height) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new PyramidGeometry(width, height, 512));

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void refuses_a_level_that_is_not_there(int level) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new PyramidGeometry(8000, 6000, 512).Level(level));
}

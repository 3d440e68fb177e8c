using Dlcs.Iiif.ImageApi;
using Dlcs.Kernel.Storage.Pyramids;

namespace Dlcs.Unit.ImageApi;

public sealed class ListingSizes
{
    private static readonly int[] Edges = [1024, 400, 200, 100];
    private static readonly SizeLimits Platform = new(5000, 5000);

    private static string Listed(int width, int height, SizeLimits limits, params (int, int)[] thumbnails) =>
        string.Join(' ', Of(width, height, limits, thumbnails).Select(size => $"{size.Width}x{size.Height}"));

    private static IReadOnlyList<(int Width, int Height)> Of(
        int width, int height, SizeLimits limits, params (int, int)[] thumbnails) => ListedSizes.Of(
            thumbnails, width, height, TileSizes.Of(new(width, height, 512), limits), limits);

    [Fact]
    public void lists_thumbnails() => Listed(1800, 1200, Platform, (100, 67), (200, 133), (400, 267), (1024, 683))
        .ShouldBe("100x67 200x133 400x267 1024x683"); // of a pyramid of three levels

    [Fact]
    public void lists_levels_where_there_are_no_thumbnails() =>
        Listed(1800, 1200, Platform).ShouldBe("450x300 900x600 1800x1200");

    [Fact]
    public void lists_levels_too_where_thumbnails_could_be_taken_for_them() =>
        Listed(2400, 3000, Platform, (80, 100), (160, 200), (320, 400), (819, 1024))
            .ShouldBe("80x100 160x200 300x375 320x400 819x1024"); // four levels

    [Fact]
    public void lists_the_picture_where_it_is_the_only_level() =>
        Listed(150, 100, Platform, (100, 67)).ShouldBe("100x67 150x100");

    [Fact]
    public void lists_levels_alone_where_limits_leave_nothing_to_add() =>
        Listed(250, 250, new(200, 200), (100, 100)).ShouldBe("125x125"); // of 250 and 125

    /// <summary>As OpenSeadragon 5.0.1 takes a list for levels (IIIFTileSource).</summary>
    [Fact]
    public void lists_nothing_that_is_mistaken_for_levels() => Properties.Check((width, height, n) =>
    {
        var limits = n[0] % 3 is 0 ? new SizeLimits(50 + (n[1] % 1000), 50 + (n[1] % 1000)) : new(70_000, 70_000);
        var thumbnails = Edges.Skip(n[2] % 5).Append(50 + (n[3] % 800)).Take(n[4] % 6)
            .Where(edge => edge < int.Max(width, height))
            .Select(edge => Framing.Largest(new(0, 0, width, height), new(edge, edge)))
            .Where(size => limits.Admit(size.Width, size.Height)).ToArray();

        var listed = Of(width, height, limits, thumbnails);

        var tiles = TileSizes.Of(new(width, height, 512), limits);
        var levels = Enumerable.Range(0, tiles.Levels)
            .Select(level => (PyramidGeometry.Shrunk(width, level), PyramidGeometry.Shrunk(height, level))).ToList();
        if (listed.Count == tiles.Levels) listed.ShouldBe(levels, ignoreOrder: true);
        else if (listed.Count == tiles.Levels - 1) listed.ShouldBe(levels.Skip(1), ignoreOrder: true);
        listed.ShouldAllBe(size => limits.Admit(size.Width, size.Height));
        if (limits.Width is 70_000) thumbnails.ShouldBeSubsetOf(listed);
    });
}

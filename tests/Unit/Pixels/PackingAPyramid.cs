using System.IO.Compression;
using System.Text;
using Dlcs.Kernel.Storage.Pyramids;

namespace Dlcs.Unit.Pixels;

public sealed class PackingAPyramid
{
    private static readonly PyramidGeometry Small = new(1100, 520, 512);

    [Fact]
    public async Task finds_each_tile_where_it_was_put()
    {
        var tiles = Tiles(Small);

        var (pack, written) = Pack(Small, tiles);
        var read = await Read(pack);

        read.Geometry.ShouldBe(Small);
        var inOrder = Places(Small).Select(p => read.TileOf(p.Level, p.Column, p.Row)).ToList();
        inOrder.Select(t => pack.AsSpan((int)t.Offset, t.Length).ToArray()).ShouldBe(tiles);
        inOrder.ShouldBe(Places(Small).Select(p => written.TileOf(p.Level, p.Column, p.Row)));
    }

    [Fact]
    public async Task opens_in_any_zip_tool()
    {
        var tiles = Tiles(Small);
        await using var zip = new ZipArchive(new MemoryStream(Pack(Small, tiles).Bytes));

        zip.Entries.Select(e => e.FullName).ShouldBe(
        [
            "0/0_0.jpg", "0/1_0.jpg", "0/2_0.jpg", "0/0_1.jpg", "0/1_1.jpg", "0/2_1.jpg", "1/0_0.jpg", "1/1_0.jpg",
            "2/0_0.jpg",
        ]);
        zip.Entries.Select(Content).ShouldBe(tiles);
        zip.Comment.ShouldContain("\"width\":1100,\"height\":520,\"tileSize\":512,\"levels\":3");
    }

    [Fact]
    public void gives_the_same_bytes_for_the_same_tiles() =>
        Pack(Small, Tiles(Small)).Bytes.ShouldBe(Pack(Small, Tiles(Small)).Bytes);

    [Fact]
    public async Task holds_more_tiles_than_an_old_zip_could()
    {
        var many = new PyramidGeometry(280, 200, 1);
        many.Tiles.ShouldBeGreaterThan(ushort.MaxValue);
        var pack = Pack(many, Tiles(many)).Bytes;

        var storage = new MemoryStorage(pack);
        var index = await PyramidIndex.Read(storage, MemoryStorage.Key, TestContext.Current.CancellationToken);
        await using var zip = new ZipArchive(new MemoryStream(pack));

        zip.Entries.Count.ShouldBe((int)many.Tiles);
        storage.Reads.ShouldBe(2);
        var last = index.TileOf(many.Levels - 1, 0, 0);
        pack.AsSpan((int)last.Offset, last.Length).ToArray().ShouldBe(Content(zip.Entries[^1]));
    }

    [Fact]
    public async Task holds_more_bytes_than_an_old_zip_could()
    {
        var geometry = new PyramidGeometry(15, 15, 1);
        var tile = new byte[15_000_000];
        using var output = new TailStream(kept: 1_000_000);
        var written = PyramidPack.Write(output, geometry, Places(geometry).Select(_ => new ReadOnlyMemory<byte>(tile)));
        output.Length.ShouldBeGreaterThan(uint.MaxValue);

        var read = await PyramidIndex.Read(output, MemoryStorage.Key, TestContext.Current.CancellationToken);

        var last = geometry.Levels - 1;
        read.TileOf(last, 0, 0).Offset.ShouldBeGreaterThan(uint.MaxValue);
        read.TileOf(last, 0, 0).ShouldBe(written.TileOf(last, 0, 0));
    }

    [Fact]
    public void refuses_too_few_or_too_many_tiles()
    {
        Should.Throw<ArgumentException>(() => Pack(Small, Tiles(Small)[1..]));
        Should.Throw<ArgumentException>(() => Pack(Small, [.. Tiles(Small), [1]]));
    }

    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(3, 0, 0)]
    [InlineData(0, 3, 0)]
    [InlineData(0, 0, 2)]
    [InlineData(0, -1, 0)]
    public void refuses_a_tile_that_is_not_there(int level, int column, int row) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Pack(Small, Tiles(Small)).Index.TileOf(level, column, row));

    private static Task<PyramidIndex> Read(byte[] pack) =>
        PyramidIndex.Read(new MemoryStorage(pack), MemoryStorage.Key, TestContext.Current.CancellationToken);

    internal static (byte[] Bytes, PyramidIndex Index) Pack(PyramidGeometry geometry, byte[][] tiles)
    {
        using var output = new MemoryStream();
        var index = PyramidPack.Write(output, geometry, tiles.Select(t => new ReadOnlyMemory<byte>(t)));
        return (output.ToArray(), index);
    }

    internal static byte[][] Tiles(PyramidGeometry geometry) =>
        [.. Places(geometry).Select(p => Encoding.ASCII.GetBytes($"tile {p}"))];

    private static IEnumerable<(int Level, int Column, int Row)> Places(PyramidGeometry geometry) =>
        from level in Enumerable.Range(0, geometry.Levels)
        from row in Enumerable.Range(0, geometry.Level(level).Rows)
        from column in Enumerable.Range(0, geometry.Level(level).Columns)
        select (level, column, row);

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}

using System.Text;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.Pyramids;

namespace Dlcs.Unit.Pixels;

public sealed class ReadingAPyramidsIndex
{
    private static readonly PyramidGeometry Small = new(1100, 520, 512);
    private static readonly byte[] Pack = PackingAPyramid.Pack(Small, PackingAPyramid.Tiles(Small)).Bytes;

    [Fact]
    public async Task takes_one_read_as_a_rule()
    {
        var storage = new MemoryStorage(Pack);

        await PyramidIndex.Read(storage, MemoryStorage.Key, TestContext.Current.CancellationToken);

        storage.Reads.ShouldBe(1);
    }

    [Fact]
    public async Task misses_what_is_not_there() => await Should.ThrowAsync<StorageMissException>(() =>
        PyramidIndex.Read(new MemoryStorage(Pack), new("2/other"), TestContext.Current.CancellationToken));

    [Fact]
    public async Task refuses_what_is_no_pyramid()
    {
        var html = Encoding.ASCII.GetBytes("<html>not found</html>");
        byte[][] others = [[], [1], new byte[100_000], html, Pack[..^1], [.. Pack, 0], Pack[1..]];

        foreach (var other in others)
        {
            (await Should.ThrowAsync<NotAPyramidException>(() => Read(other))).Message
                .ShouldStartWith("2/pyramids/ab/abcd.zip is not a pyramid: ");
        }
    }

    /// <summary>Signature, flags and method, sizes, lengths of name, extra field and comment, offset, name.</summary>
    [Theory]
    [InlineData(0, 4)]
    [InlineData(8, 12)]
    [InlineData(20, 34)]
    [InlineData(42, 55)]
    public async Task refuses_a_record_in_which_a_number_that_counts_is_another(int from, int to)
    {
        const int record = 55;
        var directory = Pack.AsSpan().IndexOf("PK\u0001\u0002"u8);
        for (var tile = 0; tile < Small.Tiles; tile++)
        {
            for (var at = from; at < to; at++)
            {
                var damaged = (byte[])Pack.Clone();
                damaged[directory + (tile * record) + at] ^= 0x41;
                (await Opens(damaged)).ShouldBeFalse($"byte {at} of tile {tile}");
            }
        }
    }

    [Fact]
    public async Task refuses_an_end_in_which_a_number_that_counts_is_another()
    {
        var end = Pack.AsSpan().IndexOf("PK\u0005\u0006"u8);
        foreach (var at in (int[])[0, 1, 2, 3, .. Enumerable.Range(10, 12)])
        {
            var damaged = (byte[])Pack.Clone();
            damaged[end + at] ^= 0x41;
            (await Opens(damaged)).ShouldBeFalse($"byte {at}");
        }
    }

    [Fact]
    public async Task never_fails_in_another_way_on_random_bytes()
    {
        var random = new Random(7);
        for (var run = 0; run < 2000; run++)
        {
            var damaged = (byte[])Pack.Clone();
            for (var n = random.Next(1, 6); n > 0; n--) damaged[^random.Next(1, 300)] = (byte)random.Next(256);
            await Opens(damaged);
        }
    }

    private static async Task<bool> Opens(byte[] pack)
    {
        try
        {
            await Read(pack);
            return true;
        }
        catch (NotAPyramidException)
        {
            return false;
        }
    }

    private static Task<PyramidIndex> Read(byte[] pack) =>
        PyramidIndex.Read(new MemoryStorage(pack), MemoryStorage.Key, TestContext.Current.CancellationToken);
}

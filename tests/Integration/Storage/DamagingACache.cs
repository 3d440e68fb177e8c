using Dlcs.Kernel.Storage;

namespace Dlcs.Integration.Storage;

public sealed class DamagingACache : IDisposable
{
    private readonly CacheBench bench = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cut short")]
    [InlineData("empty")]
    [InlineData("other bytes")]
    [InlineData("other header")]
    [InlineData("another range")]
    public async Task costs_a_read_and_shows_no_wrong_byte(string damage)
    {
        var (key, bytes) = await bench.Put(10_000);
        await CacheBench.Read(bench.Cache(), key, 100, 1000);
        await CacheBench.Read(bench.Cache(), key, 2000, 1000);
        var file = await bench.FileOf(key, 100, 1000);
        var kept = await File.ReadAllBytesAsync(file, Ct);
        await File.WriteAllBytesAsync(file, damage switch
        {
            "cut short" => kept[..500],
            "empty" => [],
            "other bytes" => [.. kept[..700], (byte)(kept[700] ^ 1), .. kept[701..]],
            "other header" => [(byte)(kept[0] ^ 1), .. kept[1..]],
            _ => await File.ReadAllBytesAsync(await bench.FileOf(key, 2000, 1000), Ct),
        }, Ct);
        bench.Far.Reads.Clear();
        var cache = bench.Cache();

        (await CacheBench.Read(cache, key, 100, 1000)).ShouldBe(bytes[100..1100]);
        bench.Far.Reads.Count.ShouldBe(1);

        await CacheBench.Until(() => File.Exists(file) && new FileInfo(file).Length == kept.Length);
        (await CacheBench.Read(cache, key, 100, 1000)).ShouldBe(bytes[100..1100]);
        bench.Far.Reads.Count.ShouldBe(1);
    }

    [Fact]
    public async Task sweeps_what_a_crash_left_half_written()
    {
        bench.Cache();
        var incoming = Path.Combine(bench.Folder, ".incoming");
        var (left, held) = (Path.Combine(incoming, "left"), Path.Combine(incoming, "held"));
        await File.WriteAllTextAsync(left, "half", Ct);
        await File.WriteAllTextAsync(held, "half", Ct);
        using var writing = File.OpenHandle(held, FileMode.Open, FileAccess.Write, FileShare.Read);

        bench.Cache();

        await CacheBench.Until(() => !File.Exists(left));
        File.Exists(held).ShouldBeTrue();
    }

    [Fact]
    public async Task that_cannot_be_written_costs_speed_alone_and_is_said_once()
    {
        var (key, bytes) = await bench.Put(10_000);
        var cache = bench.Cache();
        var incoming = Path.Combine(bench.Folder, ".incoming");
        Directory.Delete(incoming);
        await File.WriteAllTextAsync(incoming, "in the way", Ct);

        for (var n = 0; n < 5; n++) (await CacheBench.Read(cache, key, n, 100)).ShouldBe(bytes[n..(n + 100)]);

        await CacheBench.Until(() => !bench.Log.Sentences.IsEmpty);
        await Task.Delay(100, Ct);
        bench.Log.Sentences.ShouldHaveSingleItem().Sentence.ShouldContain("keeps nothing at the moment");
    }

    [Fact]
    public async Task that_is_taken_away_costs_speed_alone()
    {
        var (key, bytes) = await bench.Put(10_000);
        var cache = bench.Cache();
        await CacheBench.Read(cache, key, 0, 100);
        await bench.FileOf(key, 0, 100);
        Directory.Delete(bench.Folder, recursive: true);

        (await CacheBench.Read(cache, key, 0, 100)).ShouldBe(bytes[..100]);
        (await CacheBench.Read(cache, key, 5, 100)).ShouldBe(bytes[5..105]);
        Directory.CreateDirectory(bench.Folder);
    }

    [Fact]
    public void says_so_when_the_folder_cannot_be_made()
    {
        File.WriteAllText(bench.Folder, "in the way");

        Should.Throw<StorageUnavailableException>(() => bench.Cache()).Message.ShouldContain("cannot be used");

        File.Delete(bench.Folder);
        Directory.CreateDirectory(bench.Folder);
    }

    public void Dispose() => bench.Dispose();
}

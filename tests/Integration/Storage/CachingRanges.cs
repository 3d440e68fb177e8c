using Dlcs.Kernel.Storage;

namespace Dlcs.Integration.Storage;

public sealed class CachingRanges : IDisposable
{
    private readonly CacheBench bench = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task reads_a_range_from_afar_once()
    {
        var (key, bytes) = await bench.Put(100_000);
        var cache = bench.Cache();

        for (var n = 0; n < 50; n++)
        {
            (await CacheBench.Read(cache, key, 500, 3000)).ShouldBe(bytes[500..3500]);
            await bench.FileOf(key, 500, 3000);
        }

        bench.Far.Reads.ShouldBe([(key, 500, 3000)]);
    }

    [Fact]
    public async Task asks_once_when_many_miss_the_same_range_at_once()
    {
        var (key, bytes) = await bench.Put(100_000);
        var cache = bench.Cache();
        var way = new TaskCompletionSource();
        bench.Far.Way = () => way.Task;

        var reads = Enumerable.Range(0, 40).Select(_ => CacheBench.Read(cache, key, 7, 2000)).ToList();
        way.SetResult();

        foreach (var read in await Task.WhenAll(reads)) read.ShouldBe(bytes[7..2007]);
        bench.Far.Reads.ShouldBe([(key, 7, 2000)]);
    }

    [Fact]
    public async Task goes_on_for_the_others_when_the_one_who_asked_first_has_gone()
    {
        var (key, bytes) = await bench.Put(100_000);
        var cache = bench.Cache();
        var way = new TaskCompletionSource();
        bench.Far.Way = () => way.Task;
        using var gone = new CancellationTokenSource();

        var first = cache.Read(key, 0, new byte[1000], gone.Token).AsTask();
        var second = CacheBench.Read(cache, key, 0, 1000);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        way.SetResult();

        (await second).ShouldBe(bytes[..1000]);
        bench.Far.Reads.Count.ShouldBe(1);
    }

    [Fact]
    public async Task outlives_the_process_and_is_shared()
    {
        var (key, bytes) = await bench.Put(100_000);
        await CacheBench.Read(bench.Cache(), key, 0, 1000);
        await bench.FileOf(key, 0, 1000);

        (await CacheBench.Read(bench.Cache(), key, 0, 1000)).ShouldBe(bytes[..1000]);

        bench.Far.Reads.Count.ShouldBe(1);
    }

    [Fact]
    public async Task keeps_no_failure_and_no_miss()
    {
        var (key, bytes) = await bench.Put(1000);
        var cache = bench.Cache();
        bench.Far.Way = () => throw new StorageUnavailableException("away");
        await Should.ThrowAsync<StorageUnavailableException>(() => CacheBench.Read(cache, key, 0, 10));
        bench.Far.Way = () => Task.CompletedTask;

        (await CacheBench.Read(cache, key, 0, 10)).ShouldBe(bytes[..10]);
        await Should.ThrowAsync<StorageMissException>(() => CacheBench.Read(cache, key, 995, 10));
        await Should.ThrowAsync<StorageMissException>(() => CacheBench.Read(cache, new("2/none"), 0, 10));
    }

    [Fact]
    public async Task refuses_when_too_many_wait_for_a_store_that_does_not_answer()
    {
        var (key, _) = await bench.Put(1000);
        var cache = bench.Cache(flights: 8);
        var way = new TaskCompletionSource();
        bench.Far.Way = () => way.Task;
        var waiting = Enumerable.Range(0, 8).Select(n => CacheBench.Read(cache, key, n, 10)).ToList();

        (await Should.ThrowAsync<StorageUnavailableException>(() => CacheBench.Read(cache, key, 8, 10)))
            .Message.ShouldContain("too many");

        way.SetResult();
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task keeps_nothing_that_was_deleted_while_it_was_read()
    {
        var (key, bytes) = await bench.Put(1000);
        var cache = bench.Cache();
        var (there, back) = (new TaskCompletionSource(), new TaskCompletionSource());
        bench.Far.WayBack = () =>
        {
            there.SetResult();
            return back.Task;
        };
        var reading = CacheBench.Read(cache, key, 0, 10);
        await there.Task;

        await cache.Delete(key, Ct);
        back.SetResult();

        (await reading).ShouldBe(bytes[..10]); // it was there when it was asked for
        await Task.Delay(200, Ct);
        bench.Files.ShouldBeEmpty();
        await Should.ThrowAsync<StorageMissException>(() => CacheBench.Read(cache, key, 0, 10));
    }

    [Fact]
    public async Task lets_long_reads_pass_by()
    {
        var (key, bytes) = await bench.Put(3_000_000);
        var cache = bench.Cache();

        (await CacheBench.Read(cache, key, 1, 2_000_000)).ShouldBe(bytes[1..2_000_001]);
        (await CacheBench.Read(cache, key, 1, 2_000_000)).ShouldBe(bytes[1..2_000_001]);

        bench.Far.Reads.Count.ShouldBe(2);
        bench.Files.ShouldBeEmpty();
    }

    public void Dispose() => bench.Dispose();
}

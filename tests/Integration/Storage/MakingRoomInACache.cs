namespace Dlcs.Integration.Storage;

public sealed class MakingRoomInACache : IDisposable
{
    private const int Range = 4000; // a block of the disk each
    private const long Room = 100 * 4096;

    private readonly CacheBench bench = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private long Held => bench.Files.Count * 4096L;

    [Fact]
    public async Task never_holds_much_more_than_it_may()
    {
        var (key, bytes) = await bench.Put(2_000_000);
        var cache = bench.Cache(Room);

        for (var n = 0; n < 400; n++)
        {
            (await CacheBench.Read(cache, key, n * Range, Range)).ShouldBe(bytes[(n * Range)..((n + 1) * Range)]);
            if (n % 50 is 0) Held.ShouldBeLessThanOrEqualTo(Room + (Room / 4));
        }

        await CacheBench.Until(() => Held <= Room);
        Held.ShouldBeGreaterThan(Room / 2);
    }

    [Fact]
    public async Task drops_what_was_not_used_for_longest()
    {
        var (key, _) = await bench.Put(2_000_000);
        var cache = bench.Cache(Room);
        for (var n = 0; n < 80; n++) await CacheBench.Read(cache, key, n * Range, Range);
        await bench.FileOf(key, 79 * Range, Range);
        var before = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1);
        foreach (var file in bench.Files) File.SetLastWriteTimeUtc(file, before);
        for (var n = 0; n < 16 * 5; n++) await CacheBench.Read(cache, key, n % 5 * Range, Range); // five are used

        for (var n = 100; n < 160; n++) await CacheBench.Read(cache, key, n * Range, Range);
        await CacheBench.Until(() => Held <= Room);
        bench.Far.Reads.Clear();
        for (var n = 0; n < 5; n++) await CacheBench.Read(cache, key, n * Range, Range);

        bench.Far.Reads.ShouldBeEmpty();
    }

    [Fact]
    public async Task counts_what_other_processes_keep()
    {
        var (key, _) = await bench.Put(2_000_000);
        var (one, other) = (bench.Cache(Room), bench.Cache(Room));

        for (var n = 0; n < 200; n++) await CacheBench.Read(n % 2 is 0 ? one : other, key, n * Range, Range);

        await CacheBench.Until(() => Held <= Room + (Room / 8));
    }

    [Fact]
    public async Task makes_room_at_the_start_when_it_may_hold_less_than_before()
    {
        var (key, _) = await bench.Put(2_000_000);
        var cache = bench.Cache();
        for (var n = 0; n < 200; n++) await CacheBench.Read(cache, key, n * Range, Range);
        await bench.FileOf(key, 199 * Range, Range);

        bench.Cache(Room);

        await CacheBench.Until(() => Held <= Room);
    }

    [Fact]
    public async Task gives_way_when_the_disk_gets_full()
    {
        var (key, bytes) = await bench.Put(2_000_000);
        var cache = bench.Cache();
        for (var n = 0; n < 50; n++) await CacheBench.Read(cache, key, n * Range, Range);
        await bench.FileOf(key, 49 * Range, Range);

        var tight = bench.Cache(spare: long.MaxValue / 2);
        await CacheBench.Until(() => bench.Files.Count is 0);
        for (var n = 0; n < 50; n++)
            (await CacheBench.Read(tight, key, n * Range, Range)).ShouldBe(bytes[(n * Range)..((n + 1) * Range)]);

        await CacheBench.Until(() => !bench.Log.Sentences.IsEmpty);
        bench.Log.Sentences.ShouldHaveSingleItem().Sentence.ShouldEndWith("the disk is almost full");
        bench.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task leaves_no_empty_folders()
    {
        var cache = bench.Cache(Room);
        for (var n = 0; n < 300; n++) await CacheBench.Read(cache, (await bench.Put(Range)).Key, 0, Range);

        await CacheBench.Until(() => Directory.EnumerateDirectories(
            Path.Combine(bench.Folder, "2", "pyramids"), "*.zip", SearchOption.AllDirectories).Count() <= 110);
    }

    [Fact]
    public async Task harms_no_reader()
    {
        var (key, bytes) = await bench.Put(2_000_000);
        var caches = new[] { bench.Cache(Room / 4), bench.Cache(Room / 4) };

        await Task.WhenAll(Enumerable.Range(0, 6).Select(reader => Task.Run(async () =>
        {
            var random = new Random(reader);
            for (var n = 0; n < 1500; n++)
            {
                var at = random.Next(400) * Range;
                (await CacheBench.Read(caches[reader % 2], key, at, Range)).AsSpan()
                    .SequenceEqual(bytes.AsSpan(at, Range)).ShouldBeTrue();
            }
        }, Ct)));
    }

    public void Dispose() => bench.Dispose();
}

using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.Folder;

namespace Dlcs.Integration.Storage;

public sealed class SweepingStorage : IDisposable
{
    private static readonly StorageKey[] Keys =
        [.. Enumerable.Range(0, 450).Select(n => new StorageKey($"2/thumbs/{n}.jpg"))];

    private readonly string root = Directory.CreateTempSubdirectory("dlcs-sweep-").FullName;
    private readonly StoppedClock clock = new();
    private readonly FolderStorage storage;

    public SweepingStorage() => storage = new(Path.Combine(root, "objects"), clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task removes_what_is_old_and_not_referred_to()
    {
        foreach (var key in Keys) await Put(key);
        clock.Now += TimeSpan.FromHours(25);

        var swept = await Run(Keys.Where((_, n) => n % 3 is 0));

        swept.ShouldBe(new Swept(300, 900));
        (await Left()).ShouldBe(Keys.Where((_, n) => n % 3 is 0), ignoreOrder: true);
    }

    [Fact]
    public async Task leaves_what_is_young()
    {
        await Put(Keys[0]);
        clock.Now += TimeSpan.FromHours(23);

        (await Run([])).ShouldBe(new Swept(0, 0));

        (await Left()).ShouldBe([Keys[0]]);
    }

    [Fact]
    public async Task leaves_what_was_put_again_of_late()
    {
        await Put(Keys[0]);
        await Put(Keys[1]);
        clock.Now += TimeSpan.FromHours(48);
        await Put(Keys[1]);

        (await Run([])).Objects.ShouldBe(1);

        (await Left()).ShouldBe([Keys[1]]);
    }

    [Fact]
    public async Task leaves_what_is_put_again_just_before_it_would_go()
    {
        await Put(Keys[0]);
        await Put(Keys[1]);
        clock.Now += TimeSpan.FromHours(48);

        var swept = await Sweep.Run(
            storage,
            async (_, _) =>
            {
                await Put(Keys[1]);
                return new HashSet<StorageKey>();
            },
            clock, _ => { }, Ct);

        swept.Objects.ShouldBe(1);
        (await Left()).ShouldBe([Keys[1]]);
    }

    public void Dispose()
    {
        storage.Dispose();
        Directory.Delete(root, recursive: true);
    }

    private Task<Swept> Run(IEnumerable<StorageKey> referenced) => Sweep.Run(
        storage, (page, _) => Task.FromResult<IReadOnlySet<StorageKey>>(referenced.Intersect(page).ToHashSet()), clock,
        _ => { }, Ct);

    private async Task Put(StorageKey key)
    {
        var file = Path.Combine(root, "file");
        await File.WriteAllBytesAsync(file, [1, 2, 3], Ct);
        await storage.Put(key, file, Ct);
    }

    private ValueTask<List<StorageKey>> Left() => storage.List(Ct).Select(stored => stored.Key).ToListAsync(Ct);

    private sealed class StoppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

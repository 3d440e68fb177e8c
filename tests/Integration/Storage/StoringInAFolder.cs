using Dlcs.Integration.Servers;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.Folder;

namespace Dlcs.Integration.Storage;

public sealed class StoringInAFolder : StorageContract
{
    private readonly string root = Directory.CreateTempSubdirectory("dlcs-folder-").FullName;
    private readonly FolderStorage storage;

    public StoringInAFolder() => storage = new(root, TimeProvider.System, handles: 4);

    protected override IStorage Storage => storage;

    private string Incoming => Path.Combine(root, ".incoming");

    [Fact]
    public async Task removes_what_a_crash_left_half_written_and_never_lists_it()
    {
        var (left, held) = (Path.Combine(Incoming, "left"), Path.Combine(Incoming, "held"));
        await File.WriteAllTextAsync(left, "half", Ct);
        await File.WriteAllTextAsync(held, "half", Ct);
        using var writing = File.OpenHandle(held, FileMode.Open, FileAccess.Write, FileShare.Read);
        (await storage.List(Ct).ToListAsync(Ct)).ShouldBeEmpty();

        using var again = new FolderStorage(root, TimeProvider.System);

        Directory.GetFiles(Incoming).ShouldBe([held]);
    }

    [Fact]
    public async Task never_removes_what_is_being_written()
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var others = Task.Run(() =>
        {
            for (var starts = 0; ; starts++)
            {
                if (ended.IsCancellationRequested) return starts;
                new FolderStorage(root, TimeProvider.System).Dispose();
            }
        }, Ct);

        for (var n = 0; n < 300; n++) await Put(5000);

        await ended.CancelAsync();
        (await others).ShouldBeGreaterThan(100);
        Directory.GetFiles(Incoming).ShouldBeEmpty();
    }

    [Fact]
    public async Task keeps_few_files_open_and_reads_from_all_of_them()
    {
        var put = new List<(StorageKey Key, byte[] Bytes)>();
        for (var n = 0; n < 40; n++) put.Add(await Put(5000));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(reader => Task.Run(async () =>
        {
            for (var n = 0; n < 2000; n++)
            {
                var (key, bytes) = put[(n * 7 + reader) % put.Count];
                (await Read(key, n, 10)).ShouldBe(bytes[n..(n + 10)]);
            }
        }, Ct)));

        Directory.GetFiles("/proc/self/fd").Count(fd => Target(fd).StartsWith(root, StringComparison.Ordinal))
            .ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task mends_an_object_that_the_disk_cut_short()
    {
        var (key, bytes) = await Put(5000);
        await Read(key, 0, 10);
        await File.WriteAllBytesAsync(Path.Combine(root, key.Value), bytes[..100], Ct);

        await storage.Put(key, await FileOf(bytes), Ct);

        (await Read(key, 0, 5000)).ShouldBe(bytes);
    }

    [Fact]
    public async Task says_so_when_the_disk_is_full_and_leaves_nothing_behind()
    {
        using var disk = SmallDisk.At(Path.Combine(root, "disk"), "1m");
        using var small = new FolderStorage(disk.Folder, TimeProvider.System);
        var (fits, tooLarge) = (new byte[500_000], new byte[2_000_000]);
        await small.Put(KeyOf(fits), await FileOf(fits), Ct);

        (await Should.ThrowAsync<StorageUnavailableException>(async () =>
            await small.Put(KeyOf(tooLarge), await FileOf(tooLarge), Ct))).Message.ShouldContain("No space left");

        (await small.List(Ct).Select(stored => stored.Key).ToListAsync(Ct)).ShouldBe([KeyOf(fits)]);
        Directory.GetFiles(Path.Combine(disk.Folder, ".incoming")).ShouldBeEmpty();
    }

    [Fact]
    public async Task says_so_when_the_folder_cannot_be_made()
    {
        var file = await FileOf([1]);

        Should.Throw<StorageUnavailableException>(() =>
        {
            using var below = new FolderStorage(Path.Combine(file, "below"), TimeProvider.System);
        }).Message.ShouldContain("cannot be used");
    }

    [Fact]
    public async Task misses_nothing_while_its_disk_is_away()
    {
        var (key, _) = await Put(3);
        Directory.Move(root, root + "-away");
        Directory.CreateDirectory(root); // where it was mounted

        await Should.ThrowAsync<StorageUnavailableException>(async () => await storage.Find(key, Ct));
        await Should.ThrowAsync<StorageUnavailableException>(() => storage.Open(key, Ct));
        await Should.ThrowAsync<StorageUnavailableException>(
            async () => await storage.Read(key, 0, new byte[1], Ct));

        Directory.Delete(root);
        Directory.Move(root + "-away", root);
        (await storage.Find(key, Ct)).ShouldNotBeNull().Length.ShouldBe(3);
    }

    [Fact]
    public void is_not_led_elsewhere_by_links()
    {
        var elsewhere = Directory.CreateTempSubdirectory("dlcs-elsewhere-").FullName;
        File.WriteAllText(Path.Combine(elsewhere, "secret.txt"), "secret");
        Directory.CreateSymbolicLink(Path.Combine(root, "link"), elsewhere);

        storage.List(Ct).ToBlockingEnumerable(Ct).ShouldBeEmpty();
        Directory.Delete(elsewhere, recursive: true);
    }

    public override void Dispose()
    {
        storage.Dispose();
        Directory.Delete(root, recursive: true);
        base.Dispose();
    }

    private static string Target(string fd) => new FileInfo(fd).LinkTarget ?? "";
}

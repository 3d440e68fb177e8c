using System.Security.Cryptography;
using Dlcs.Kernel.Storage;

namespace Dlcs.Integration.Storage;

/// <summary>What every adapter of storage keeps, whatever is behind it.</summary>
public abstract partial class StorageContract : IDisposable
{
    private readonly string work = Directory.CreateTempSubdirectory("dlcs-storage-").FullName;

    protected abstract IStorage Storage { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(30_000)]
    [InlineData(7_000_000)]
    public async Task gives_back_any_range_of_what_was_put(int length)
    {
        var (key, bytes) = await Put(length);

        (await Storage.Find(key, Ct))!.Length.ShouldBe(length);
        (int, int)[] ranges = [(0, length), (length / 3, length / 3), (length - 1, 1), (length, 0)];
        foreach (var (from, count) in ranges)
            (await Read(key, from, count)).ShouldBe(bytes.AsSpan(from, count).ToArray());
    }

    [Fact]
    public async Task gives_back_the_whole_as_a_stream()
    {
        var (key, bytes) = await Put(300_000);

        await using var stream = await Storage.Open(key, Ct);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, Ct);

        read.ToArray().ShouldBe(bytes);
    }

    [Fact]
    public async Task keeps_an_object_without_bytes()
    {
        var (key, _) = await Put(0);

        (await Storage.Find(key, Ct))!.Length.ShouldBe(0);
        await using var stream = await Storage.Open(key, Ct);
        stream.ReadByte().ShouldBe(-1);
    }

    [Fact]
    public async Task misses_what_was_never_put()
    {
        var key = new StorageKey("7/never/put.zip");

        (await Storage.Find(key, Ct)).ShouldBeNull();
        await Should.ThrowAsync<StorageMissException>(() => Read(key, 0, 1));
        await Should.ThrowAsync<StorageMissException>(() => Storage.Open(key, Ct));
        await Storage.Delete(key, Ct);
    }

    [Theory]
    [InlineData(999, 2)]
    [InlineData(1000, 1)]
    [InlineData(5000, 1)]
    public async Task misses_what_lies_beyond_the_end(int from, int count)
    {
        var (key, _) = await Put(1000);

        await Should.ThrowAsync<StorageMissException>(() => Read(key, from, count));
    }

    [Fact]
    public async Task misses_what_was_deleted()
    {
        var (key, _) = await Put(1000);
        await Read(key, 0, 1000);

        await Storage.Delete(key, Ct);

        (await Storage.Find(key, Ct)).ShouldBeNull();
        await Should.ThrowAsync<StorageMissException>(() => Read(key, 0, 1000));
        (await List()).ShouldNotContain(stored => stored.Key == key);
    }

    [Fact]
    public async Task takes_an_object_again_after_it_was_deleted()
    {
        var (key, bytes) = await Put(1000);
        await Storage.Delete(key, Ct);

        await Storage.Put(key, await FileOf(bytes), Ct);

        (await Read(key, 0, 1000)).ShouldBe(bytes);
    }

    [Fact]
    public async Task leaves_the_file_that_it_was_given()
    {
        var bytes = RandomNumberGenerator.GetBytes(1000);
        var file = await FileOf(bytes);

        await Storage.Put(KeyOf(bytes), file, Ct);

        (await File.ReadAllBytesAsync(file, Ct)).ShouldBe(bytes);
    }

    [Fact]
    public async Task counts_an_object_as_new_when_it_is_put_again()
    {
        var (key, bytes) = await Put(1000);
        var first = (await List()).Single(stored => stored.Key == key).Modified;
        await Task.Delay(1200, Ct); // S3 counts whole seconds

        await Storage.Put(key, await FileOf(bytes), Ct);

        (await List()).Single(stored => stored.Key == key).Modified.ShouldBeGreaterThan(first);
        (await Read(key, 0, 1000)).ShouldBe(bytes);
    }

    [Fact]
    public async Task lists_every_object_with_its_length_and_its_time()
    {
        var before = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        var put = new List<StorageKey>();
        for (var n = 0; n < 30; n++) put.Add((await Put(100 + n)).Key);

        var listed = (await List()).Where(stored => put.Contains(stored.Key)).ToDictionary(stored => stored.Key);

        put.Select(key => listed[key].Length).ShouldBe(Enumerable.Range(100, 30).Select(n => (long)n));
        listed.Values.ShouldAllBe(stored => stored.Modified > before && stored.Modified < before.AddMinutes(5));
    }

    [Fact]
    public async Task tells_keys_apart_that_differ_in_case_alone()
    {
        var (lower, upper) = (await FileOf([1]), await FileOf([2]));

        await Storage.Put(new("2/case/a.jpg"), lower, Ct);
        await Storage.Put(new("2/case/A.jpg"), upper, Ct);

        (await Read(new("2/case/a.jpg"), 0, 1)).ShouldBe([1]);
        (await Read(new("2/case/A.jpg"), 0, 1)).ShouldBe([2]);
    }

    [Fact]
    public async Task stores_nothing_when_it_is_told_to_stop()
    {
        var bytes = RandomNumberGenerator.GetBytes(1000);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await Storage.Put(KeyOf(bytes), await FileOf(bytes), stopped.Token));

        (await Storage.Find(KeyOf(bytes), Ct)).ShouldBeNull();
    }

    public virtual void Dispose()
    {
        Directory.Delete(work, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected async Task<(StorageKey Key, byte[] Bytes)> Put(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        await Storage.Put(KeyOf(bytes), await FileOf(bytes), Ct);
        return (KeyOf(bytes), bytes);
    }

    protected async Task<byte[]> Read(StorageKey key, long offset, int count)
    {
        var bytes = new byte[count];
        await Storage.Read(key, offset, bytes, Ct);
        return bytes;
    }

    protected ValueTask<List<StoredObject>> List() => Storage.List(Ct).ToListAsync(Ct);

    protected static StorageKey KeyOf(byte[] bytes) =>
        StorageKey.Of(2, "contract", Convert.ToHexStringLower(SHA256.HashData(bytes)), "bin");

    protected async Task<string> FileOf(byte[] bytes)
    {
        var file = Path.Combine(work, Path.GetRandomFileName());
        await File.WriteAllBytesAsync(file, bytes, Ct);
        return file;
    }
}

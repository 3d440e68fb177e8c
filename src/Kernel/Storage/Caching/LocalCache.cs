using Microsoft.Extensions.Logging;

namespace Dlcs.Kernel.Storage.Caching;

/// <summary>
/// Keeps near what is read often of a storage that is far: ranges as they are asked for, in a bounded folder that
/// outlives the process. Many who miss the same range at once cost one read. A cache that fails costs speed alone.
/// </summary>
/// <remarks>
/// An object never changes under its key, so what is kept is right as long as the object is there. What another machine
/// deletes stays readable here until it is deleted here too, or makes room.
/// </remarks>
public sealed partial class LocalCache : IStorage, IDisposable
{
    /// <summary>How many ranges are kept between two looks at the disk.</summary>
    private const int KeepsPerLook = 32;

    private readonly IStorage far;
    private readonly CacheSettings settings;
    private readonly ILogger log;
    private readonly CachedRanges ranges;
    private readonly Flights flights;
    private readonly CancellationTokenSource disposed = new();
    private readonly CancellationToken ending;
    private long held;
    private long fresh;
    private int deletions;
    private int shrinking;
    private int failing;
    private int keeps;
    private volatile bool tight;

    /// <exception cref="StorageUnavailableException">The folder cannot be made or written to.</exception>
    public LocalCache(IStorage far, CacheSettings settings, ILogger<LocalCache> log)
    {
        (this.far, this.settings, this.log, ending) = (far, settings, log, disposed.Token);
        (ranges, flights) = (new(settings.Folder, settings.Time), new(settings.Flights));
        Shrink();
    }

    public ValueTask Read(StorageKey key, long offset, Memory<byte> into, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (into.Length > settings.LongestRange || into.IsEmpty) return far.Read(key, offset, into, ct);
        return ranges.TryRead(key, offset, into.Span) ? ValueTask.CompletedTask : Fetch(key, offset, into, ct);
    }

    public Task Put(StorageKey key, string file, CancellationToken ct) => far.Put(key, file, ct);

    public ValueTask<StoredObject?> Find(StorageKey key, CancellationToken ct) => far.Find(key, ct);

    public Task<Stream> Open(StorageKey key, CancellationToken ct) => far.Open(key, ct);

    public IAsyncEnumerable<StoredObject> List(CancellationToken ct) => far.List(ct);

    public async Task Delete(StorageKey key, CancellationToken ct)
    {
        await far.Delete(key, ct);
        Interlocked.Increment(ref deletions); // whoever read it before and keeps it after this sees that
        ranges.Drop(key);
    }

    public void Dispose()
    {
        disposed.Cancel();
        ranges.Dispose();
        disposed.Dispose();
    }

    private async ValueTask Fetch(StorageKey key, long offset, Memory<byte> into, CancellationToken ct)
    {
        var before = Volatile.Read(ref deletions);
        var bytes = await flights.Join(
            (key, offset, into.Length, before),
            mine => far.Read(key, offset, mine, ending),
            mine => Keep(key, offset, mine, before)).WaitAsync(ct);
        bytes.CopyTo(into);
    }

    private void Keep(StorageKey key, long offset, byte[] bytes, int before)
    {
        if (Interlocked.Read(ref held) > settings.Bytes + (settings.Bytes / 8)) return; // making room takes its time
        try
        {
            if (Interlocked.Increment(ref keeps) % KeepsPerLook is 1) Look();
            if (tight) return;
            var kept = ranges.Keep(key, offset, bytes);
            if (Volatile.Read(ref deletions) != before) ranges.Drop(key);
            var (all, since) = (Interlocked.Add(ref held, kept), Interlocked.Add(ref fresh, kept));
            Volatile.Write(ref failing, 0);
            if (all > settings.Bytes || since > settings.Bytes / 8) Shrink();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (Interlocked.Exchange(ref failing, 1) is 0) LogFailing(log, settings.Folder, e.Message);
        }
    }

    /// <summary>The disk may fill up by what others do, and by what they left when they died.</summary>
    private void Look()
    {
        ranges.RemoveLeftovers();
        var before = tight;
        tight = ranges.Free < settings.Spare;
        if (!tight) return;
        if (!before) LogFailing(log, settings.Folder, "the disk is almost full");
        Shrink();
    }

    /// <summary>Counts what is there, others' files too, and makes room where it is too much; one at a time.</summary>
    private void Shrink()
    {
        if (Interlocked.Exchange(ref shrinking, 1) is 1) return;
        _ = Task.Run(() =>
        {
            try
            {
                do MakeRoom();
                while (Interlocked.Read(ref held) > settings.Bytes);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
            {
                if (!ending.IsCancellationRequested) LogFailing(log, settings.Folder, e.Message);
            }
            finally
            {
                Volatile.Write(ref shrinking, 0);
            }
        }, CancellationToken.None);
    }

    private void MakeRoom()
    {
        Interlocked.Exchange(ref fresh, 0);
        var left = ranges.Shrink(settings.Bytes - (settings.Bytes / 8), ending);
        if (settings.Spare - ranges.Free is > 0 and var lacking)
            left = ranges.Shrink(long.Max(0, left - lacking), ending);
        Interlocked.Exchange(ref held, left + Interlocked.Read(ref fresh)); // what came meanwhile
    }

    [LoggerMessage(LogLevel.Warning, "The cache {Folder} keeps nothing at the moment: {Reason}")]
    private static partial void LogFailing(ILogger log, string folder, string reason);
}

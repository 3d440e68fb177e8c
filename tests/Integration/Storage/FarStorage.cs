using System.Collections.Concurrent;
using Dlcs.Kernel.Storage;

namespace Dlcs.Integration.Storage;

/// <summary>A storage as it looks from afar: counts the reads that get there, and lets them wait.</summary>
internal sealed class FarStorage(IStorage near) : IStorage
{
    public ConcurrentQueue<(StorageKey Key, long Offset, int Length)> Reads { get; } = [];

    /// <summary>What every read waits for.</summary>
    public Func<Task> Way { get; set; } = () => Task.CompletedTask;

    /// <summary>What every read waits for that has its bytes.</summary>
    public Func<Task> WayBack { get; set; } = () => Task.CompletedTask;

    public async ValueTask Read(StorageKey key, long offset, Memory<byte> into, CancellationToken ct)
    {
        Reads.Enqueue((key, offset, into.Length));
        await Way();
        await near.Read(key, offset, into, ct);
        await WayBack();
    }

    public Task Put(StorageKey key, string file, CancellationToken ct) => near.Put(key, file, ct);

    public ValueTask<StoredObject?> Find(StorageKey key, CancellationToken ct) => near.Find(key, ct);

    public Task<Stream> Open(StorageKey key, CancellationToken ct) => near.Open(key, ct);

    public Task Delete(StorageKey key, CancellationToken ct) => near.Delete(key, ct);

    public IAsyncEnumerable<StoredObject> List(CancellationToken ct) => near.List(ct);
}

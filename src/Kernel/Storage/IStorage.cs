namespace Dlcs.Kernel.Storage;

/// <summary>
/// Pixels at rest. Each adapter passes the same contract tests. Keys derive from content and begin with the customer:
/// an object never changes under its key, so putting twice is harmless, and a reader sees all of it or nothing.
/// </summary>
public interface IStorage
{
    /// <summary>Stores a file's bytes; a crash leaves no half object behind. An object that is there already keeps its
    /// bytes and counts as modified now, so that no sweep takes it before an event refers to it.</summary>
    /// <exception cref="StorageUnavailableException">It is full or cannot be reached; nothing was stored.</exception>
    Task Put(StorageKey key, string file, CancellationToken ct);

    /// <summary>How long an object is and when it was last put; <c>null</c> when there is no such object.</summary>
    ValueTask<StoredObject?> Find(StorageKey key, CancellationToken ct);

    /// <summary>Fills <paramref name="into"/> from <paramref name="offset"/> on.</summary>
    /// <exception cref="StorageMissException">There is no such object, or it ends before.</exception>
    ValueTask Read(StorageKey key, long offset, Memory<byte> into, CancellationToken ct);

    /// <summary>The whole object as a stream, from the beginning.</summary>
    /// <exception cref="StorageMissException">There is no such object.</exception>
    Task<Stream> Open(StorageKey key, CancellationToken ct);

    /// <summary>Removes the object; nothing happens when there is none.</summary>
    Task Delete(StorageKey key, CancellationToken ct);

    /// <summary>Every object, in no order that can be relied on.</summary>
    IAsyncEnumerable<StoredObject> List(CancellationToken ct);
}

/// <param name="Length">Bytes.</param>
/// <param name="Modified">When it was last put.</param>
public sealed record StoredObject(StorageKey Key, long Length, DateTimeOffset Modified);

public sealed class StorageMissException(StorageKey key) : Exception($"storage has no {key}, or not that much of it");

/// <summary>Storage cannot be reached, or is full.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null)
    : EngineUnavailableException(message, inner);

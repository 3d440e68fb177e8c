using Dlcs.Kernel.Storage;

namespace Dlcs.Unit.Pixels;

/// <summary>One object, in memory; counts how often it is read.</summary>
internal sealed class MemoryStorage(byte[] content) : IStorage
{
    public static readonly StorageKey Key = new("2/pyramids/ab/abcd.zip");

    public int Reads { get; private set; }

    public ValueTask<StoredObject?> Find(StorageKey key, CancellationToken ct) =>
        ValueTask.FromResult(
            key == Key ? new StoredObject(key, content.LongLength, DateTimeOffset.UnixEpoch) : null);

    public ValueTask Read(StorageKey key, long offset, Memory<byte> into, CancellationToken ct)
    {
        Reads++;
        if (offset + into.Length > content.LongLength) throw new StorageMissException(key);
        content.AsMemory((int)offset, into.Length).CopyTo(into);
        return ValueTask.CompletedTask;
    }

    public Task<Stream> Open(StorageKey key, CancellationToken ct) =>
        Task.FromResult<Stream>(new MemoryStream(content, writable: false));

    public Task Put(StorageKey key, string file, CancellationToken ct) => throw new NotSupportedException();

    public Task Delete(StorageKey key, CancellationToken ct) => throw new NotSupportedException();

    public IAsyncEnumerable<StoredObject> List(CancellationToken ct) => throw new NotSupportedException();
}

using Dlcs.Kernel.Storage;

namespace Dlcs.Unit.Pixels;

/// <summary>An object of gigabytes, of which the end is kept: what a reader of the directory needs.</summary>
internal sealed class TailStream(int kept) : Stream, IStorage
{
    private readonly byte[] ring = new byte[kept];
    private long length;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => length;
    public override long Position { get => length; set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var gone = int.Max(0, buffer.Length - kept);
        length += gone;
        buffer = buffer[gone..];
        while (!buffer.IsEmpty)
        {
            var at = (int)(length % kept);
            var part = buffer[..int.Min(buffer.Length, kept - at)];
            part.CopyTo(ring.AsSpan(at));
            length += part.Length;
            buffer = buffer[part.Length..];
        }
    }

    ValueTask<StoredObject?> IStorage.Find(StorageKey key, CancellationToken ct) =>
        ValueTask.FromResult<StoredObject?>(new(key, length, DateTimeOffset.UnixEpoch));

    ValueTask IStorage.Read(StorageKey key, long offset, Memory<byte> into, CancellationToken ct)
    {
        for (var i = 0; i < into.Length; i++) into.Span[i] = ring[(int)((offset + i) % kept)];
        return ValueTask.CompletedTask;
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public Task Put(StorageKey key, string file, CancellationToken ct) => throw new NotSupportedException();
    public Task<Stream> Open(StorageKey key, CancellationToken ct) => throw new NotSupportedException();
    public Task Delete(StorageKey key, CancellationToken ct) => throw new NotSupportedException();
    public IAsyncEnumerable<StoredObject> List(CancellationToken ct) => throw new NotSupportedException();
}

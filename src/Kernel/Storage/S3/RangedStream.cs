namespace Dlcs.Kernel.Storage.S3;

/// <summary>
/// A whole object, read range by range: each read has its deadline and its tries, and no connection waits for a slow
/// reader.
/// </summary>
internal sealed class RangedStream(Func<long, Memory<byte>, CancellationToken, ValueTask> read, long length) : Stream
{
    private const int Range = 1 << 20;

    private readonly byte[] buffer = new byte[(int)long.Min(Range, length)];
    private long next;
    private int at;
    private int filled;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => next - (filled - at);
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken = default)
    {
        if (at == filled)
        {
            if (next == length || into.IsEmpty) return 0;
            var count = (int)long.Min(buffer.Length, length - next);
            await read(next, buffer.AsMemory(0, count), cancellationToken);
            (at, filled, next) = (0, count, next + count);
        }

        var given = int.Min(into.Length, filled - at);
        buffer.AsMemory(at, given).CopyTo(into);
        at += given;
        return given;
    }

    public override Task<int> ReadAsync(byte[] into, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(into.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] into, int offset, int count) =>
        ReadAsync(into.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] from, int offset, int count) => throw new NotSupportedException();
}

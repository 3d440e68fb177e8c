using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.Fetching;

/// <summary>A response body that lets some bytes through, then hangs up.</summary>
internal sealed class Cut(HttpContext http, int after) : Stream
{
    private readonly Stream body = http.Response.Body;
    private int left = after;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var part = buffer[..Math.Min(left, buffer.Length)];
        left -= part.Length;
        await body.WriteAsync(part, cancellationToken);
        if (left > 0) return;
        await body.FlushAsync(cancellationToken);
        await Task.Delay(50, cancellationToken); // what is sent arrives first
        http.Abort();
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => body.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

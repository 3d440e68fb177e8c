using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Dlcs.Benchmarks.Loading;

/// <summary>A kept-alive HTTP/1.1 connection. It wants a Content-Length, and throws bodies away.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[256 << 10];

    public RawConnection(IPEndPoint server)
    {
        socket.ReceiveTimeout = 30_000;
        socket.Connect(server);
    }

    /// <returns>The status, and the length of the body.</returns>
    /// <exception cref="IOException">The answer is not one that this understands.</exception>
    public (int Status, long Length) Ask(ReadOnlySpan<byte> request)
    {
        socket.Send(request);
        var (have, end) = (0, -1);
        while (end < 0)
        {
            if (have == buffer.Length) throw new IOException("the headers do not end");
            have += Receive(buffer.AsSpan(have));
            end = buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8);
        }

        var head = buffer.AsSpan(0, end);
        if (!Utf8Parser.TryParse(head["HTTP/1.1 ".Length..], out int status, out _)) throw new IOException("no status");

        var length = Length(head);
        for (var left = length - (have - end - 4); left > 0;)
            left -= Receive(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)));
        return (status, length);
    }

    public void Dispose() => socket.Dispose();

    private static long Length(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("\r\nContent-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(head[(at + "\r\nContent-Length: ".Length)..], out long length, out _)
            ? length : throw new IOException("no Content-Length");
    }

    private int Receive(Span<byte> into) =>
        socket.Receive(into) is > 0 and var read ? read : throw new IOException("the server hung up");
}

using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Dlcs.Integration.BadDays;

/// <summary>A line to PostgreSQL that can be cut, be slow, or lead to something else.</summary>
internal sealed class Line : IAsyncDisposable
{
    private static readonly byte[] Nonsense = [.. "HTTP/1.1 400 Bad Request\r\n\r\n"u8];

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly UnixDomainSocketEndPoint server;
    private readonly Task accepting;
    private CancellationTokenSource cut = new();

    public Line(string connectionString)
    {
        var direct = new NpgsqlConnectionStringBuilder(connectionString);
        server = new($"{direct.Host}/.s.PGSQL.5432");
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = Accept();
    }

    public int Port { get; }

    /// <summary>How long each answer waits.</summary>
    public TimeSpan Delay { get; set; }

    public bool TalksNonsense { get; set; }

    /// <summary>Whether it hangs up on whoever comes.</summary>
    public bool IsCut { get; set; }

    public void Break()
    {
        using var old = Interlocked.Exchange(ref cut, new());
        old.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        Break();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        listener.Dispose();
        stop.Dispose();
    }

    private async Task Accept()
    {
        while (true) _ = Serve(await listener.AcceptSocketAsync(stop.Token));
    }

    private async Task Serve(Socket client)
    {
        using var _ = client;
        if (IsCut) return;
        var ct = cut.Token;
        if (TalksNonsense)
        {
            await client.ReceiveAsync(new byte[1000], ct);
            await client.SendAsync(Nonsense, ct);
            return;
        }

        using var backend = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await backend.ConnectAsync(server, ct);
        await Task.WhenAny(Carry(client, backend, answers: false, ct), Carry(backend, client, answers: true, ct));
    }

    private async Task Carry(Socket from, Socket to, bool answers, CancellationToken ct)
    {
        var buffer = new byte[65536];
        while (await from.ReceiveAsync(buffer, ct) is > 0 and var read)
        {
            if (answers && Delay > TimeSpan.Zero) await Task.Delay(Delay, ct);
            for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), ct);
        }
    }
}

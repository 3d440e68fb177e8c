using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Dlcs.Integration.Log;

/// <summary>A line to a server that breaks when it is told to.</summary>
internal sealed class BreakableLine : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Socket, Socket> open = [];
    private readonly CancellationTokenSource stop = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task accepting;

    public BreakableLine(string host, int port)
    {
        listener.Start();
        accepting = Accept(host, port);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Break()
    {
        foreach (var (client, server) in open)
        {
            client.Close(0);
            server.Close(0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Break();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task Accept(string host, int port)
    {
        while (true) _ = Serve(await listener.AcceptSocketAsync(stop.Token), host, port);
    }

    private async Task Serve(Socket client, string host, int port)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            await server.ConnectAsync(host, port, stop.Token);
            open[client] = server;
            await Task.WhenAny(Carry(client, server), Carry(server, client));
            open.TryRemove(client, out _);
        }
    }

    private async Task Carry(Socket from, Socket to)
    {
        var buffer = new byte[65536];
        while (await from.ReceiveAsync(buffer, stop.Token) is > 0 and var read)
            for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), stop.Token);
    }
}

using System.Collections.Concurrent;
using System.Net.Sockets;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Log;

/// <summary>A line to a server that breaks when it is told to.</summary>
internal sealed class BreakableLine(string host, int port) : Relay
{
    private readonly ConcurrentDictionary<Socket, Socket> open = [];

    public override void Break()
    {
        foreach (var (client, server) in open)
        {
            client.Close(0);
            server.Close(0);
        }
    }

    protected override async Task Serve(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        await server.ConnectAsync(host, port, Stopped);
        open[client] = server;
        await Task.WhenAny(Carry(client, server, Stopped), Carry(server, client, Stopped));
        open.TryRemove(client, out _);
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Log;

/// <summary>
/// A line to a server of this machine. Told to, what is connected carries nothing any more, and neither end is told;
/// what connects anew carries.
/// </summary>
internal sealed class MuteLine(int port) : Relay
{
    private readonly ConcurrentDictionary<Socket, bool> mute = [];

    public void FallSilent()
    {
        foreach (var client in mute.Keys) mute[client] = true;
    }

    protected override async Task Serve(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        await server.ConnectAsync(IPAddress.Loopback, port, Stopped);
        mute[client] = false;
        await Task.WhenAny(
            Carry(client, server, Stopped, _ => GoesOn()), Carry(server, client, Stopped, _ => GoesOn()));

        async ValueTask<bool> GoesOn()
        {
            if (mute[client]) await Task.Delay(Timeout.Infinite, Stopped);
            return true;
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace Dlcs.Integration.Servers;

/// <summary>Stands before a server, and passes on what is said, both ways, as long as its heir lets it.</summary>
internal abstract class Relay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    protected Relay()
    {
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    protected CancellationToken Stopped => stop.Token;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        Break();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        listener.Dispose();
        stop.Dispose();
    }

    /// <summary>Hangs up on whoever is there.</summary>
    public virtual void Break() { }

    /// <summary>What becomes of a client; it is hung up on afterwards.</summary>
    protected abstract Task Serve(Socket client);

    /// <summary>Until an end hangs up, or what comes is not to go on.</summary>
    protected static async Task Carry(
        Socket from, Socket to, CancellationToken ct, Func<ReadOnlyMemory<byte>, ValueTask<bool>>? goesOn = null)
    {
        var buffer = new byte[65536];
        while (await from.ReceiveAsync(buffer, ct) is > 0 and var read)
        {
            if (goesOn is not null && !await goesOn(buffer.AsMemory(0, read))) return;
            for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), ct);
        }
    }

    private async Task Accept()
    {
        while (true) _ = Handle(await listener.AcceptSocketAsync(stop.Token));
    }

    private async Task Handle(Socket client)
    {
        using (client) await Serve(client);
    }
}

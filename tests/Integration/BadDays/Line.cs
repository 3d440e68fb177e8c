using System.Net.Sockets;
using Dlcs.Integration.Servers;
using Npgsql;

namespace Dlcs.Integration.BadDays;

/// <summary>A line to PostgreSQL that can be cut, be slow, or lead to something else.</summary>
internal sealed class Line(string connectionString) : Relay
{
    private static readonly byte[] Nonsense = [.. "HTTP/1.1 400 Bad Request\r\n\r\n"u8];

    private readonly UnixDomainSocketEndPoint server =
        new($"{new NpgsqlConnectionStringBuilder(connectionString).Host}/.s.PGSQL.5432");

    private CancellationTokenSource cut = new();

    /// <summary>How long each answer waits.</summary>
    public TimeSpan Delay { get; set; }

    public bool TalksNonsense { get; set; }

    /// <summary>Whether it hangs up on whoever comes.</summary>
    public bool IsCut { get; set; }

    public override void Break()
    {
        using var old = Interlocked.Exchange(ref cut, new());
        old.Cancel();
    }

    protected override async Task Serve(Socket client)
    {
        if (IsCut)
        {
            await client.ReceiveAsync(new byte[1000], Stopped); // what nobody has read makes an end a reset
            return;
        }
        var ct = cut.Token;
        if (TalksNonsense)
        {
            await client.ReceiveAsync(new byte[1000], ct);
            await client.SendAsync(Nonsense, ct);
            return;
        }

        using var backend = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await backend.ConnectAsync(server, ct);
        await Task.WhenAny(Carry(client, backend, ct), Carry(backend, client, ct, async _ =>
        {
            if (Delay > TimeSpan.Zero) await Task.Delay(Delay, ct);
            return true;
        }));
    }
}

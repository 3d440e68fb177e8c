using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Dlcs.Integration.Log;

/// <summary>A line to PostgreSQL that breaks, when it is told to, at the worst moment.</summary>
internal sealed class LossyLine : IAsyncDisposable
{
    private static readonly byte[] Commit = Encoding.ASCII.GetBytes("COMMIT");
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly UnixDomainSocketEndPoint server;
    private readonly NpgsqlConnectionStringBuilder direct;
    private readonly Task accepting;
    private int losses;
    private Loss loss;

    public LossyLine(string connectionString)
    {
        direct = new(connectionString);
        server = new($"{direct.Host}/.s.PGSQL.5432");
        listener.Start();
        accepting = Accept();
    }

    public enum Loss { Commit, AnswerToCommit }

    /// <summary>How often it is still going to break.</summary>
    public int Losses => Volatile.Read(ref losses);

    public string ConnectionString => new NpgsqlConnectionStringBuilder(direct.ConnectionString)
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)listener.LocalEndpoint).Port,
    }.ConnectionString;

    public void Lose(Loss what, int times = 1) => (loss, losses) = (what, times);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
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
        using var backend = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await backend.ConnectAsync(server, stop.Token);
        var silent = false;
        await Task.WhenAny(Carry(client, backend, Sent), Carry(backend, client, () => !silent));

        bool Sent(ReadOnlySpan<byte> bytes)
        {
            if (bytes.IndexOf(Commit) < 0 || Interlocked.Decrement(ref losses) < 0) return true;
            silent = loss is Loss.AnswerToCommit;
            return silent;
        }
    }

    private Task Carry(Socket from, Socket to, Func<bool> goesOn) => Carry(from, to, _ => goesOn());

    /// <summary>Until an end hangs up, or what comes is to be lost.</summary>
    private async Task Carry(Socket from, Socket to, Judge judge)
    {
        var buffer = new byte[65536];
        while (true)
        {
            var read = await from.ReceiveAsync(buffer, stop.Token);
            if (read is 0 || !judge(buffer.AsSpan(0, read))) return;
            for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), stop.Token);
        }
    }

    private delegate bool Judge(ReadOnlySpan<byte> bytes);
}

using System.Net.Sockets;
using System.Text;
using Dlcs.Integration.Servers;
using Npgsql;

namespace Dlcs.Integration.Log;

/// <summary>A line to PostgreSQL that breaks, when it is told to, at the worst moment.</summary>
internal sealed class LossyLine(string connectionString) : Relay
{
    private static readonly byte[] Commit = Encoding.ASCII.GetBytes("COMMIT");
    private readonly NpgsqlConnectionStringBuilder direct = new(connectionString);
    private int losses;
    private Loss loss;

    public enum Loss { Commit, AnswerToCommit }

    /// <summary>How often it is still going to break.</summary>
    public int Losses => Volatile.Read(ref losses);

    public string ConnectionString => new NpgsqlConnectionStringBuilder(direct.ConnectionString)
    {
        Host = "127.0.0.1",
        Port = Port,
    }.ConnectionString;

    public void Lose(Loss what, int times = 1) => (loss, losses) = (what, times);

    protected override async Task Serve(Socket client)
    {
        using var backend = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await backend.ConnectAsync(new UnixDomainSocketEndPoint($"{direct.Host}/.s.PGSQL.5432"), Stopped);
        var silent = false;
        await Task.WhenAny(
            Carry(client, backend, Stopped, bytes => new(Sent(bytes.Span))),
            Carry(backend, client, Stopped, _ => new(!silent)));

        bool Sent(ReadOnlySpan<byte> bytes)
        {
            if (bytes.IndexOf(Commit) < 0 || Interlocked.Decrement(ref losses) < 0) return true;
            silent = loss is Loss.AnswerToCommit;
            return silent;
        }
    }
}

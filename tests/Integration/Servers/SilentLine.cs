using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Dlcs.Integration.Servers;

/// <summary>
/// A line to PostgreSQL that carries nothing any more between those who listened and the server, and tells neither: as
/// where something in between forgot a connection that was quiet for long.
/// </summary>
internal sealed class SilentLine(string connectionString) : Relay
{
    private static readonly byte[] Listen = Encoding.ASCII.GetBytes("listen ");
    private readonly NpgsqlConnectionStringBuilder direct = new(connectionString);
    private readonly ConcurrentDictionary<Socket, bool> listening = [];
    private readonly ConcurrentDictionary<Socket, bool> silent = [];

    /// <summary>How many connections have begun to listen.</summary>
    public int Listeners => listening.Count;

    public string ConnectionString => new NpgsqlConnectionStringBuilder(direct.ConnectionString)
    {
        Host = "127.0.0.1",
        Port = Port,
    }.ConnectionString;

    /// <summary>Who begins to listen from now on gets no answer.</summary>
    public bool Deaf { get; set; }

    public void FallSilent()
    {
        foreach (var (client, _) in listening) silent[client] = true;
    }

    protected override async Task Serve(Socket client)
    {
        using var backend = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await backend.ConnectAsync(new UnixDomainSocketEndPoint($"{direct.Host}/.s.PGSQL.5432"), Stopped);
        await Task.WhenAny(Carry(client, backend, Stopped, Sent), Carry(backend, client, Stopped, _ => GoesOn()));

        ValueTask<bool> Sent(ReadOnlyMemory<byte> bytes)
        {
            if (bytes.Span.IndexOf(Listen) < 0) return GoesOn();
            if (Deaf) silent[client] = true;
            listening[client] = true;
            return GoesOn();
        }

        async ValueTask<bool> GoesOn()
        {
            if (silent.ContainsKey(client)) await Task.Delay(Timeout.Infinite, Stopped);
            return true;
        }
    }
}

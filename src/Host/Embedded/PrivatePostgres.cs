using System.Diagnostics;
using Npgsql;

namespace Dlcs.Host.Embedded;

/// <summary>
/// A PostgreSQL of our own, from the installed binaries: no server to set up. It listens on a socket in a folder that
/// only its own user may enter, and on no port. Started by root it runs as <c>postgres</c>, never as root.
/// </summary>
/// <remarks>
/// Several processes may share it: the last one to stop takes it down. What a killed one left behind, the database
/// still running or its stale lock files, the next start takes over.
/// </remarks>
public sealed class PrivatePostgres
{
    private const string Role = "postgres";
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Retries = TimeSpan.FromSeconds(15);

    private readonly PostgresBinaries binaries;
    private readonly string socket;
    private FileStream? use;

    private PrivatePostgres(PostgresBinaries binaries, string folder, string socket) =>
        (this.binaries, Folder, this.socket) = (binaries, folder, socket);

    /// <summary>Where the cluster is: below the data folder, or where its user may go.</summary>
    public string Folder { get; }

    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder { Host = socket, Username = Role, Database = Role }.ConnectionString;

    private string Cluster => Path.Combine(Folder, "cluster");

    private string Log => Path.Combine(Folder, "log");

    private string Settings => Path.Combine(Cluster, "dlcs.conf");

    private bool Exists => File.Exists(Settings);

    /// <summary>Makes the cluster when there is none, starts it when it does not run, and holds it.</summary>
    /// <param name="data">The folder that the data of this installation is in.</param>
    /// <param name="durable">Off only for tests: a crash of the machine may then lose the cluster.</param>
    /// <exception cref="PostgresMissingException">It is not installed, or not in the version needed.</exception>
    /// <exception cref="IOException">It does not start; the sentence says why.</exception>
    public static async Task<PrivatePostgres> Start(string data, bool durable = true, CancellationToken ct = default)
    {
        var folder = await PostgresPlace.Find(Path.GetFullPath(data), ct);
        var socket = await PostgresPlace.Socket(folder, ct);
        var postgres = new PrivatePostgres(
            PostgresBinaries.For(Path.Combine(folder, "cluster", "PG_VERSION")), folder, socket);

        using var turn = await postgres.Turn(ct);
        if (!postgres.Exists) await postgres.Make(durable, ct);
        await postgres.Configure(durable, ct);
        await postgres.Run(ct);
        postgres.use = postgres.Hold(FileShare.Read);
        return postgres;
    }

    /// <summary>Lets go of it, and stops it unless another process holds it.</summary>
    public async Task Stop(CancellationToken ct)
    {
        using var turn = await Turn(ct);
        use?.Dispose();
        if (Hold(FileShare.None) is not { } alone) return;
        using (alone) await Command([binaries["pg_ctl"], "-D", Cluster, "-m", "fast", "-w", "-t", "60", "stop"], ct);
    }

    /// <summary>A half-made cluster, left by a crash, is made again: nothing was ever kept in it.</summary>
    private async Task Make(bool durable, CancellationToken ct)
    {
        string[] sync = durable ? [] : ["--no-sync"];
        if (Directory.Exists(Cluster)) Directory.Delete(Cluster, recursive: true);
        await Command(
            [
                binaries["initdb"], "-D", Cluster, "-U", Role, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", .. sync,
            ],
            ct);
        await File.AppendAllTextAsync(Path.Combine(Cluster, "postgresql.conf"), "include 'dlcs.conf'\n", ct);
    }

    /// <summary>Written at each start: an old cluster takes new settings, a moved one its new place.</summary>
    private async Task Configure(bool durable, CancellationToken ct)
    {
        var sync = durable ? "on" : "off";
        var sockets = socket.Replace("'", "''", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(Settings,
        [
            "listen_addresses = ''", $"unix_socket_directories = '{sockets}'",
            "unix_socket_permissions = 0700", "max_connections = 200", "shared_buffers = 128MB", "max_wal_size = 2GB",
            "jit = off", $"fsync = {sync}", $"synchronous_commit = {sync}", $"full_page_writes = {sync}",
        ], ct);
        File.SetUnixFileMode(Settings, (UnixFileMode)0b110_100_100); // root writes, the database's user reads
    }

    /// <summary>
    /// Until it answers. It may be there already, be recovering, or be on its way down; and for some seconds after its
    /// main process was killed, the children that it left keep a new one from starting.
    /// </summary>
    private async Task Run(CancellationToken ct)
    {
        if (new FileInfo(Log) is { Exists: true, Length: > 10_000_000 } log) log.Delete();
        var clock = Stopwatch.StartNew();
        for (var failure = ""; ; await Task.Delay(100, ct))
        {
            if (PostgresLock.Lives(Cluster))
            {
                if (await Answers(ct)) return;
            }
            else
            {
                if (clock.Elapsed > Retries && failure is not "") throw new IOException(failure);
                PostgresLock.RemoveStale(Cluster, socket);
                failure = await Launch(ct);
            }

            if (clock.Elapsed > Recovery) throw new IOException($"PostgreSQL in {Folder} does not answer (see {Log})");
        }
    }

    /// <returns>Why it does not start; empty when it does.</returns>
    private async Task<string> Launch(CancellationToken ct)
    {
        string[] start = [binaries["pg_ctl"], "-D", Cluster, "-l", Log, "-w", "-t", "60", "start"];
        if (await PostgresUser.Execute(start, ct) is (0, _)) return "";

        var said = !File.Exists(Log) ? null
            : File.ReadLines(Log).LastOrDefault(line => line.Contains("FATAL", StringComparison.Ordinal));
        return $"PostgreSQL in {Folder} does not start: {said ?? "it does not say why"} (see {Log})";
    }

    private async Task<bool> Answers(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Timeout=5");
        try
        {
            await connection.OpenAsync(ct);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>One process at a time starts or stops it.</summary>
    private async Task<FileStream> Turn(CancellationToken ct)
    {
        FileStream? turn;
        while ((turn = Open("turn", FileShare.None)) is null) await Task.Delay(50, ct);
        return turn;
    }

    private FileStream? Hold(FileShare share) => Open("use", share);

    /// <summary>A lock on a file, which ends with its process. <c>null</c>: another one has it.</summary>
    private FileStream? Open(string name, FileShare share)
    {
        var path = Path.Combine(Folder, name);
        if (!File.Exists(path)) File.Create(path).Dispose();
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, share);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private async Task Command(string[] command, CancellationToken ct)
    {
        var (exit, said) = await PostgresUser.Execute(command, ct);
        if (exit is not 0) throw new IOException($"{Path.GetFileName(command[0])} failed: {said.Trim()} (see {Log})");
    }
}

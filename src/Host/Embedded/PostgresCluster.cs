using Npgsql;

namespace Dlcs.Host.Embedded;

/// <summary>The files of a database, and what its programs do with them.</summary>
/// <param name="Folder">Holds the cluster, its log, and as a rule its socket.</param>
/// <param name="Socket">The folder of the socket.</param>
internal sealed record PostgresCluster(PostgresBinaries Binaries, string Folder, string Socket)
{
    private const string Role = "postgres";

    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder { Host = Socket, Username = Role, Database = Role }.ConnectionString;

    public string Log => Path.Combine(Folder, "log");

    public bool Exists => File.Exists(Path.Combine(Files, "PG_VERSION"));

    public bool Lives => PostgresLock.Lives(Files);

    private string Files => Path.Combine(Folder, "cluster");

    /// <summary>What is not whole yet: it gets its name when it is.</summary>
    private string HalfMade => Files + ".new";

    private string Settings => Path.Combine(Files, "dlcs.conf");

    /// <summary>What this folder has, or would have.</summary>
    public static async Task<PostgresCluster> In(string folder, CancellationToken ct)
    {
        var cluster = new PostgresCluster(
            PostgresBinaries.For(Path.Combine(folder, "cluster", "PG_VERSION")), folder, Socket: "");
        return cluster with { Socket = await cluster.FindSocket(ct) };
    }

    /// <summary>Where the one that runs has it: who started it may have other folders than we.</summary>
    private async Task<string> FindSocket(CancellationToken ct)
    {
        for (; Lives; await Task.Delay(50, ct))
            if (PostgresLock.Socket(Files) is { } running) return running;
        return await PostgresPlace.Socket(Folder, ct);
    }

    /// <summary>A half-made cluster, left by a crash, is made again: nothing was ever kept in it.</summary>
    /// <exception cref="IOException">It cannot be made, or what is there in its place may be a database.</exception>
    public async Task Make(bool durable, CancellationToken ct)
    {
        if (Directory.Exists(Files))
            throw new IOException($"{Files} has no PG_VERSION, which every database has: bring it back, or move all "
                + "of it away to begin with an empty one.");
        string[] sync = durable ? [] : ["--no-sync"];
        if (Directory.Exists(HalfMade)) Directory.Delete(HalfMade, recursive: true);
        await Command(
            [
                Binaries["initdb"], "-D", HalfMade, "-U", Role, "--auth-local=trust", "--auth-host=reject",
                "-E", "UTF8", "--locale=C.UTF-8", .. sync,
            ],
            ct);
        await Shell("echo \"include 'dlcs.conf'\" >>\"$1\"", [Path.Combine(HalfMade, "postgresql.conf")], ct);
        Directory.Move(HalfMade, Files);
    }

    /// <summary>
    /// What its pages are kept in: a quarter of what memory there is (PostgreSQL manual, "Resource Consumption"), and
    /// no more than serves a million images. It is taken as it is used.
    /// </summary>
    private static long SharedMegabytes =>
        Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 >> 20, 128, 4096);

    /// <summary>
    /// Written at each start: an old cluster takes new settings, a moved one its new place. Its user writes them, whole
    /// or not at all: root would follow wherever that user's links lead.
    /// </summary>
    public Task Configure(bool durable, CancellationToken ct)
    {
        var sync = durable ? "on" : "off";
        var sockets = Socket.Replace("'", "''", StringComparison.Ordinal);
        return Shell("file=$1; shift; printf '%s\\n' \"$@\" >\"$file.new\" && mv -fT \"$file.new\" \"$file\"",
        [
            Settings, "listen_addresses = ''", $"unix_socket_directories = '{sockets}'",
            "unix_socket_permissions = 0700", "max_connections = 200", $"shared_buffers = {SharedMegabytes}MB",
            "max_wal_size = 2GB", "jit = off", $"fsync = {sync}", $"synchronous_commit = {sync}",
            $"full_page_writes = {sync}",
        ], ct);
    }

    /// <returns>Why it does not start; empty when it does.</returns>
    public async Task<string> Launch(CancellationToken ct)
    {
        PostgresLock.RemoveStale(Files, Socket);
        string[] start = [Binaries["pg_ctl"], "-D", Files, "-l", Log, "-w", "-t", "60", "start"];
        if (await PostgresUser.Execute(start, ct) is (0, _)) return "";

        var said = !File.Exists(Log) ? null
            : File.ReadLines(Log).LastOrDefault(line => line.Contains("FATAL", StringComparison.Ordinal));
        return $"PostgreSQL in {Folder} does not start: {said ?? "it does not say why"} (see {Log})";
    }

    /// <summary>What is down already, or goes down by itself meanwhile, is down.</summary>
    public async Task Stop(CancellationToken ct)
    {
        if (!Lives) return;
        string[] stop = [Binaries["pg_ctl"], "-D", Files, "-m", "fast", "-w", "-t", "60", "stop"];
        var (exit, said) = await PostgresUser.Execute(stop, ct);
        if (exit is not 0 && Lives) throw Failure(stop, said);
    }

    public async Task<bool> Answers(CancellationToken ct)
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

    /// <param name="arguments"><c>$1</c> and so on; no word of them is the shell's.</param>
    private Task Shell(string script, string[] arguments, CancellationToken ct) =>
        Command(["sh", "-c", script, "sh", .. arguments], ct);

    private async Task Command(string[] command, CancellationToken ct)
    {
        var (exit, said) = await PostgresUser.Execute(command, ct);
        if (exit is not 0) throw Failure(command, said);
    }

    private IOException Failure(string[] command, string said) =>
        new($"{Path.GetFileName(command[0])} failed: {said.Trim()} (see {Log})");
}

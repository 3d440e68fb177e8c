using System.Diagnostics;

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
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Retries = TimeSpan.FromSeconds(15);
    private readonly PostgresCluster cluster;
    private FileStream? use;
    private FileStream? work;

    private PrivatePostgres(PostgresCluster cluster) => this.cluster = cluster;

    /// <summary>Where the cluster is: below the data folder, or where its user may go.</summary>
    public string Folder => cluster.Folder;

    public string ConnectionString => cluster.ConnectionString;

    /// <summary>Makes the cluster when there is none, starts it when it does not run, and holds it.</summary>
    /// <param name="data">The folder that the data of this installation is in.</param>
    /// <param name="durable">Off only for tests: a crash of the machine may then lose the cluster.</param>
    /// <exception cref="PostgresMissingException">It is not installed, or not in the version needed.</exception>
    /// <exception cref="IOException">It does not start; the sentence says why.</exception>
    public static async Task<PrivatePostgres> Start(string data, bool durable = true, CancellationToken ct = default)
    {
        var folder = await PostgresPlace.Find(Path.GetFullPath(data), ct);
        using var turn = await Turn(folder, ct);
        var postgres = new PrivatePostgres(await PostgresCluster.In(folder, ct));
        if (!postgres.cluster.Exists) await postgres.cluster.Make(durable, ct);
        if (!postgres.cluster.Lives) await postgres.cluster.Configure(durable, ct);
        postgres.use = await Open(folder, "use", FileShare.Read, ct);
        try
        {
            await postgres.Run(ct);
        }
        catch
        {
            await postgres.LetGo(CancellationToken.None);
            throw;
        }

        return postgres;
    }

    /// <summary>Tells all who share it that this process works on its queue; until it stops.</summary>
    /// <param name="alone">Then nobody else may, while it does.</param>
    /// <returns><c>false</c>: another one does, and one of the two is to be alone.</returns>
    public async Task<bool> Works(bool alone, CancellationToken ct)
    {
        work = await Open(Folder, "work", alone ? FileShare.None : FileShare.Read, ct);
        return work is not null;
    }

    /// <summary>Starts it again whenever it has died, until <paramref name="ct"/>; whatever fails may pass.</summary>
    public async Task Watch(CancellationToken ct)
    {
        for (; !ct.IsCancellationRequested; await Task.Delay(500, ct).ContinueWith(_ => { }, TaskScheduler.Default))
        {
            try
            {
                if (cluster.Lives) continue;
                using var turn = await Turn(Folder, ct);
                await Run(ct);
            }
            catch (Exception)
            {
                // said in its own log; tried again
            }
        }
    }

    /// <summary>Lets go of it, and stops it unless another process holds it.</summary>
    public async Task Stop(CancellationToken ct)
    {
        using var turn = await Turn(Folder, ct);
        await LetGo(ct);
    }

    private async Task LetGo(CancellationToken ct)
    {
        work?.Dispose();
        use?.Dispose();
        if (await Open(Folder, "use", FileShare.None, ct) is not { } alone) return;
        using (alone) await cluster.Stop(ct);
    }

    /// <summary>
    /// Until it answers. It may be there already, be recovering, or be on its way down; and for some seconds after its
    /// main process was killed, the children that it left keep a new one from starting.
    /// </summary>
    private async Task Run(CancellationToken ct)
    {
        if (new FileInfo(cluster.Log) is { Exists: true, Length: > 10_000_000 } log) log.Delete();
        var clock = Stopwatch.StartNew();
        for (var failure = ""; ; await Task.Delay(100, ct))
        {
            if (cluster.Lives)
            {
                if (await cluster.Answers(ct)) return;
            }
            else
            {
                if (clock.Elapsed > Retries && failure is not "") throw new IOException(failure);
                failure = await cluster.Launch(ct);
            }

            if (clock.Elapsed > Recovery)
                throw new IOException($"PostgreSQL in {Folder} does not answer (see {cluster.Log})");
        }
    }

    /// <summary>One process at a time starts or stops it.</summary>
    private static async Task<FileStream> Turn(string folder, CancellationToken ct)
    {
        FileStream? turn;
        while ((turn = await Open(folder, "turn", FileShare.None, ct)) is null) await Task.Delay(50, ct);
        return turn;
    }

    /// <summary>
    /// A lock on a file, which ends with its process. The database's user makes the file: root would make it wherever
    /// that user's links lead.
    /// </summary>
    /// <returns><c>null</c>: another one has it.</returns>
    /// <exception cref="IOException">It cannot be made, or is a link that leads nowhere.</exception>
    private static async Task<FileStream?> Open(string folder, string name, FileShare share, CancellationToken ct)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path) && await PostgresUser.Execute(["touch", path], ct) is (not 0, var said))
            throw new IOException(said.Trim());
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, share);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return null;
        }
    }
}

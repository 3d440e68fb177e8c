using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dlcs.Host.Embedded;

/// <summary>
/// A PostgreSQL of our own, from the installed binaries: no server to set up. It listens on a socket in a folder that
/// only its own user may enter, and on no port. Started by root it runs as <c>postgres</c>, never as root.
/// </summary>
public sealed class PrivatePostgres
{
    private const string SystemUser = "postgres";
    private readonly string bin;

    private PrivatePostgres(string bin, string folder) => (this.bin, Folder) = (bin, folder);

    /// <summary>Where the cluster is: below the data folder, or where its user may go.</summary>
    public string Folder { get; }

    public string ConnectionString => $"Host={Folder}/run;Username={SystemUser};Database=postgres";

    private string Cluster => Path.Combine(Folder, "cluster");

    /// <summary>Makes the cluster when there is none, starts it when it does not run.</summary>
    /// <param name="data">The folder that the data of this installation is in.</param>
    /// <param name="durable">Off only for tests: a crash of the machine may then lose the cluster.</param>
    /// <exception cref="PostgresMissingException">It is not installed.</exception>
    public static async Task<PrivatePostgres> Start(string data, bool durable = true, CancellationToken ct = default)
    {
        var postgres = new PrivatePostgres(FindBinaries(), await Place(Path.GetFullPath(data), ct));
        if (!await Test("-f", Path.Combine(postgres.Cluster, "PG_VERSION"), ct)) await postgres.Make(durable, ct);
        if (!await postgres.Runs(ct)) await postgres.Launch(ct);
        return postgres;
    }

    public Task Stop(CancellationToken ct) => Run([Bin("pg_ctl"), "-D", Cluster, "-m", "fast", "-w", "stop"], ct);

    private static string FindBinaries() =>
        Directory.Exists("/usr/lib/postgresql")
        && Directory.GetDirectories("/usr/lib/postgresql")
            .Where(d => File.Exists(Path.Combine(d, "bin/initdb")))
            .MaxBy(d => double.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var v) ? v : 0) is { } newest
            ? Path.Combine(newest, "bin")
            : throw new PostgresMissingException();

    /// <summary>A path for sockets is at most 107 bytes long; a folder of root's can not be entered by others.</summary>
    private static async Task<string> Place(string data, CancellationToken ct)
    {
        var wanted = Path.Combine(data, "postgres");
        if (await Prepare(wanted, ct)) return wanted;

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)))[..12];
        var elsewhere = Environment.IsPrivilegedProcess
            ? $"/var/lib/dlcs/{hash}" : Path.Combine(Path.GetTempPath(), $"dlcs-{Environment.UserName}-{hash}");
        return await Prepare(elsewhere, ct)
            ? elsewhere : throw new IOException($"PostgreSQL can live neither in {wanted} nor in {elsewhere}");
    }

    private static async Task<bool> Prepare(string folder, CancellationToken ct)
    {
        if (Encoding.UTF8.GetByteCount(folder) > 80) return false;
        Directory.CreateDirectory(folder);
        if (!Environment.IsPrivilegedProcess) return true;
        await Execute("chown", [$"{SystemUser}:", folder], ct);
        await Execute("chmod", ["700", folder], ct);
        if ((await Execute("setpriv", [.. AsUser, "test", "-w", folder], ct)).ExitCode is 0) return true;
        if (Directory.GetFileSystemEntries(folder) is []) Directory.Delete(folder);
        return false;
    }

    private async Task Make(bool durable, CancellationToken ct)
    {
        string[] sync = durable ? [] : ["--no-sync"];
        await Run([Bin("initdb"), "-D", Cluster, "-U", SystemUser, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", .. sync], ct);
        await Run(["mkdir", "-p", "-m", "700", $"{Folder}/run"], ct);
        var lines = new List<string>
        {
            "listen_addresses=''", $"unix_socket_directories='{Folder}/run'", "unix_socket_permissions=0700",
            "max_connections=200", "shared_buffers=128MB", "max_wal_size=2GB", "jit=off",
        };
        if (!durable) lines.AddRange(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
        await Run(["sh", "-c", $"printf '%s\\n' \"$@\" >> '{Cluster}/postgresql.conf'", "sh", .. lines], ct);
    }

    private Task Launch(CancellationToken ct) =>
        Run([Bin("pg_ctl"), "-D", Cluster, "-l", $"{Folder}/log", "-w", "-t", "60", "start"], ct);

    private async Task<bool> Runs(CancellationToken ct) =>
        (await Try([Bin("pg_ctl"), "-D", Cluster, "status"], ct)).ExitCode is 0;

    private static async Task<bool> Test(string flag, string path, CancellationToken ct) =>
        (await Try(["test", flag, path], ct)).ExitCode is 0;

    private string Bin(string name) => Path.Combine(bin, name);

    private async Task Run(string[] command, CancellationToken ct)
    {
        var (exit, output) = await Try(command, ct);
        if (exit is not 0)
            throw new IOException($"{Path.GetFileName(command[0])} failed ({exit}): {output.Trim()} (see {Folder}/log)");
    }

    private static Task<(int ExitCode, string Output)> Try(string[] command, CancellationToken ct) =>
        Environment.IsPrivilegedProcess
            ? Execute("setpriv", [.. AsUser, .. command], ct)
            : Execute(command[0], command[1..], ct);

    private static string[] AsUser => [$"--reuid={SystemUser}", $"--regid={SystemUser}", "--init-groups", "--"];

    private static async Task<(int ExitCode, string Output)> Execute(string file, string[] arguments, CancellationToken ct)
    {
        // setsid: Ctrl-C in the terminal is for us; we stop the database when nothing needs it any more.
        var start = new ProcessStartInfo("setsid", ["-w", file, .. arguments])
        {
            WorkingDirectory = "/",
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start) ?? throw new IOException($"{file} did not start");
        process.StandardInput.Close();
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, process.ExitCode is 0 ? "" : await process.StandardError.ReadToEndAsync(ct));
    }
}

public sealed class PostgresMissingException() : Exception(
    "PostgreSQL is not installed. Install it (apt-get install postgresql), or name a server in ConnectionStrings__Postgres.");

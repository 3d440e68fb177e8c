using System.Diagnostics;

namespace Dlcs.Integration.Servers;

/// <summary>The least that Ceph runs with: one monitor and one store of objects, which keeps them in memory.</summary>
public sealed class CephCluster : IAsyncDisposable
{
    public const string AccessKey = "dlcs-tests";
    public const string Secret = "tests-know-no-secrets";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] Programs = ["radosgw", "ceph-mon", "ceph-osd", "ceph", "monmaptool"];

    private readonly string folder = Directory.CreateTempSubdirectory("dlcs-ceph-").FullName;
    private readonly List<Process> running = [];

    public static bool IsInstalled => Programs.All(program => File.Exists($"/usr/bin/{program}"));

    private string Configuration => Path.Combine(folder, "ceph.conf");

    private string Keys => Path.Combine(folder, "keyring");

    public static async Task<CephCluster> Start()
    {
        var cluster = new CephCluster();
        try
        {
            await cluster.Make();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Starts a program of Ceph with this cluster's configuration; what it says goes to a file. It is killed when its
    /// input closes: by <see cref="Kill"/>, or when the tests end in whatever way.
    /// </summary>
    public Process Run(string program, params string[] arguments)
    {
        const string killedWithUs = """
            exec 3<&0 2>/dev/null
            "$@" >> "$0" 2>&1 3<&- & program=$!
            (read -r _ <&3; kill -9 $program) & watch=$!
            exec 3<&-
            wait $program; status=$?
            kill $watch
            exit $status
            """;
        string[] intoLog = ["-c", killedWithUs, Path.Combine(folder, $"{program}.out")];
        return Process.Start(new ProcessStartInfo("sh", [.. intoLog, program, "-c", Configuration, .. arguments])
        {
            RedirectStandardInput = true,
        })!;
    }

    /// <summary>What an administrator of the gateways does.</summary>
    public Task Admin(params string[] arguments) => Done("radosgw-admin", ["-n", "client.rgw", .. arguments]);

    public static async Task Kill(Process process)
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in running) await Kill(process);
        Directory.Delete(folder, recursive: true);
    }

    private async Task Make()
    {
        foreach (var part in (string[])["mon", "osd", "run", "rgw"])
            Directory.CreateDirectory(Path.Combine(folder, part));
        var (cluster, port) = (Guid.CreateVersion7().ToString(), Ports.Free());
        await File.WriteAllTextAsync(Configuration, CephConfiguration.Of(folder, cluster, port) + "\n");

        await Done("ceph-authtool", "-C", Keys, "-n", "mon.", "--gen-key", "--cap", "mon", "allow *");
        foreach (var who in (string[])["client.admin", "client.rgw", "osd.0"])
            await Done(
                "ceph-authtool", Keys, "-n", who, "--gen-key", "--cap", "mon", "allow *", "--cap", "osd", "allow *");

        var map = Path.Combine(folder, "monmap");
        await Done("monmaptool", "--create", "--fsid", cluster, "--addv", "a", $"[v2:127.0.0.1:{port}]", map);
        await Done("ceph-mon", "--mkfs", "-i", "a", "--monmap", map, "--keyring", Keys);
        running.Add(Run("ceph-mon", "-f", "-i", "a"));

        var store = Guid.CreateVersion7().ToString();
        await Done("ceph", "osd", "new", store);
        await Done("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", store);
        running.Add(Run("ceph-osd", "-f", "-i", "0"));
        await Admin(
            "user", "create", "--uid=tests", "--display-name=tests", $"--access-key={AccessKey}",
            $"--secret-key={Secret}");
    }

    private async Task Done(string program, params string[] arguments)
    {
        var process = Run(program, arguments);
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        var done = process is { HasExited: true, ExitCode: 0 };
        await Kill(process);
        if (done) return;

        var said = await File.ReadAllTextAsync(Path.Combine(folder, $"{program}.out"));
        throw new IOException($"{program} {string.Join(' ', arguments)} failed: {said}");
    }
}

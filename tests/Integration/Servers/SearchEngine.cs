using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dlcs.Read.Images.Elastic;

namespace Dlcs.Integration.Servers;

/// <summary>
/// A real search engine, started when the first test asks for it: one that runs already, one of the folder
/// <c>DLCS_TEST_SERVERS</c>, or one in Docker. Where there is none the tests that need it are skipped, and say so.
/// </summary>
public abstract class SearchEngine(string name, string running, string image) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PatienceWithDocker = TimeSpan.FromMinutes(10); // it may fetch the image first
    private readonly HttpClient http = new();
    private readonly string home = Path.Combine(Path.GetTempPath(), $"dlcs-{name}-{Guid.CreateVersion7():N}");
    private Task<Uri?>? url;
    private Process? process;

    /// <summary>Skips the test where there is no such engine.</summary>
    /// <returns>Settings with a prefix that nobody else has.</returns>
    public async Task<ElasticSettings> Settings()
    {
        Task<Uri?> starting;
        lock (http) starting = url ??= Start();
        var found = await starting;
        Assert.SkipWhen(found is null, $"there is no {name}: DLCS_TEST_SERVERS=FOLDER ops/test --profile cluster runs "
            + $"this, FOLDER being that of {name}/run.sh; so do {running}=URL of one that runs, and Docker, "
            + $"with {image}");
        return new(found!, $"t{Guid.CreateVersion7():N}"[..20]) { Replicas = 0 };
    }

    /// <summary>Another one of them, that may be killed; skips the test where none can be started.</summary>
    public EngineProcess Another()
    {
        Assert.SkipWhen(
            Script is null, $"only DLCS_TEST_SERVERS=FOLDER ops/test --profile cluster starts {name} to be killed");
        return new(Script!);
    }

    /// <summary>Deletes what a test made.</summary>
    public async Task Forget(ElasticSettings settings)
    {
        var indices = await http.GetFromJsonAsync<JsonObject>(new Uri(settings.Url, $"{settings.Prefix}-*/_alias"));
        foreach (var (index, _) in indices!) await http.DeleteAsync(new Uri(settings.Url, index));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await EngineProcess.Stop(process);
        process?.Dispose();
        if (Directory.Exists(home)) Directory.Delete(home, recursive: true);
        http.Dispose();
        GC.SuppressFinalize(this);
    }

    private string? Script => Environment.GetEnvironmentVariable("DLCS_TEST_SERVERS") is { Length: > 0 } folder
        && Path.Combine(folder, name, "run.sh") is var script && File.Exists(script) ? script : null;

    private async Task<Uri?> Start()
    {
        if (Environment.GetEnvironmentVariable(running) is { Length: > 0 } there) return new(there);

        var port = Ports.Free();
        var address = new Uri($"http://127.0.0.1:{port}");
        process = Script is { } script ? EngineProcess.Run(script, [home, $"{port}"])
            : File.Exists("/var/run/docker.sock") ? EngineProcess.Run("docker",
                ["run", "--rm", "-p", $"127.0.0.1:{port}:9200", "-e", "discovery.type=single-node",
                    "-e", "xpack.security.enabled=false", "-e", "DISABLE_SECURITY_PLUGIN=true", image])
            : null;
        if (process is null) return null;
        try
        {
            await EngineProcess.Ready(address, process, Script is null ? PatienceWithDocker : Patience);
            return address;
        }
        catch (TimeoutException) when (Script is null)
        {
            return null; // Docker is there, but not for us, or it cannot get the image
        }
    }
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dlcs.Read.Images.Elastic;

namespace Dlcs.Integration.Servers;

/// <summary>
/// A real search engine, started when the first test asks for it: one that runs already, one of the folder
/// <c>DLCS_TEST_SERVERS</c>, or one in Docker. Where there is none the tests that need it are skipped, and say so.
/// </summary>
public abstract class SearchEngine(string name, string running, string image) : IAsyncDisposable
{
    private readonly HttpClient http = new();
    private Task<Uri?>? url;
    private EngineProcess? shared;

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

    /// <summary>Another one of them, that may be killed, is started; skips the test where none can be.</summary>
    public async Task<EngineProcess> Another()
    {
        var started = await Own();
        Assert.SkipWhen(started is null, $"a URL is not enough, {name} is to be killed here: "
            + "DLCS_TEST_SERVERS=FOLDER ops/test --profile cluster runs this, FOLDER being that of "
            + $"{name}/run.sh; so does Docker, with {image}");
        return started!;
    }

    /// <summary>Deletes what a test made.</summary>
    public async Task Forget(ElasticSettings settings)
    {
        var indices = await http.GetFromJsonAsync<JsonObject>(new Uri(settings.Url, $"{settings.Prefix}-*/_alias"));
        foreach (var (index, _) in indices!) await http.DeleteAsync(new Uri(settings.Url, index));
    }

    public async ValueTask DisposeAsync()
    {
        if (shared is not null) await shared.DisposeAsync();
        http.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<Uri?> Start() =>
        Environment.GetEnvironmentVariable(running) is { Length: > 0 } there ? new(there)
            : (shared = await Own())?.Url;

    private async Task<EngineProcess?> Own()
    {
        EngineProcess? own = Script is { } script ? new EngineScript(script)
            : EngineContainer.IsPossible ? new EngineContainer(image) : null;
        if (own is null) return null;
        try
        {
            await own.Start();
            return own;
        }
        catch (TimeoutException) when (own is EngineContainer)
        {
            await own.DisposeAsync();
            return null; // Docker is there, but not for us, or it cannot get the image
        }
    }

    private string? Script => Environment.GetEnvironmentVariable("DLCS_TEST_SERVERS") is { Length: > 0 } folder
        && Path.Combine(folder, name, "run.sh") is var script && File.Exists(script) ? script : null;
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dlcs.Benchmarks.Measuring;
using Dlcs.Integration.Servers;

namespace Dlcs.Benchmarks.Servers;

/// <summary>A search engine: one that runs already, else one of the folder of servers.</summary>
internal sealed class SearchEngine : IAsyncDisposable
{
    /// <summary>
    /// As its makers run it: with both compilers of Java. The script's own flags are for tests, which are over before
    /// the second one would pay.
    /// </summary>
    private static readonly Dictionary<string, string> AsItShips = new()
    {
        ["_JAVA_OPTIONS"] = "-XX:TieredStopAtLevel=4",
    };

    private readonly Child? child;

    private SearchEngine(Uri url, Child? child) => (Url, this.child) = (url, child);

    public Uri Url { get; }

    /// <returns><c>null</c>: there is none.</returns>
    public static async Task<SearchEngine?> Start(string folder, CancellationToken ct)
    {
        if (Environment.GetEnvironmentVariable("DLCS_TEST_ELASTICSEARCH") is { Length: > 0 } running)
            return new(new(running), null);
        if (Environment.GetEnvironmentVariable("DLCS_TEST_SERVERS") is not { Length: > 0 } servers) return null;

        Directory.CreateDirectory(folder);
        var port = Ports.Free();
        var url = new Uri($"http://127.0.0.1:{port}");
        var child = Child.StartProgram(
            Path.Combine(folder, "engine.log"),
            [Path.Combine(servers, "elasticsearch", "run.sh"), Path.Combine(folder, "engine"), $"{port}"],
            AsItShips);
        await child.Answers(new Uri(url, "/_cluster/health?wait_for_status=yellow&timeout=1s"), ct);
        using var http = new HttpClient();
        await EngineMemory.Unlimit(http, url);
        return new(url, child);
    }

    /// <summary>Returns once it has joined what it was fed: until then it does so beside its answers.</summary>
    public async Task Merged(CancellationToken ct)
    {
        using var http = new HttpClient();
        await Waiting.Until("no merges", TimeSpan.FromSeconds(1), async () =>
        {
            var stats = await http.GetFromJsonAsync<JsonNode>(new Uri(Url, "/_nodes/stats/indices/merge"), ct);
            return stats!["nodes"]!.AsObject().All(
                node => node.Value!["indices"]!["merges"]!["current"]!.GetValue<long>() is 0);
        }, ct);
    }

    public ValueTask DisposeAsync() => child?.DisposeAsync() ?? ValueTask.CompletedTask;
}

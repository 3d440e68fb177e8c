using System.Diagnostics;
using System.Net.Http.Headers;

namespace Dlcs.Benchmarks.Servers;

/// <summary>A program in a process of its own; what it says goes to a file.</summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly string log;

    private Child(Process process, string log) => (this.process, this.log) = (process, log);

    public int Id => process.Id;

    /// <param name="command">For <c>dotnet</c>: an assembly and its arguments.</param>
    public static Child Start(
        string log, IEnumerable<string> command, IReadOnlyDictionary<string, string>? environment = null) =>
        StartProgram(log, ["dotnet", .. command], environment);

    public static Child StartProgram(
        string log, IEnumerable<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] intoLog = ["-c", "exec \"$@\" >> \"$0\" 2>&1", log];
        var start = new ProcessStartInfo("sh", [.. intoLog, .. command]);
        start.Environment.Remove("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"); // it is for what is measured in here
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new(Process.Start(start) ?? throw new IOException("sh did not start"), log);
    }

    /// <summary>Until a GET is answered with 200.</summary>
    /// <exception cref="IOException">The program ended, or it takes too long; with what it said last.</exception>
    public async Task Answers(Uri url, CancellationToken ct, AuthenticationHeaderValue? by = null)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = by } };
        for (var clock = Stopwatch.StartNew(); !await IsOk(http, url, ct); await Task.Delay(10, ct))
        {
            if (!process.HasExited && clock.Elapsed < Patience) continue;
            throw new IOException($"{url} does not answer.\n{string.Join('\n', File.ReadLines(log).TakeLast(20))}");
        }
    }

    /// <summary>Asks it to end, and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        using (process)
        {
            if (process.HasExited) return;
            using (var kill = Process.Start("sh", ["-c", $"kill -TERM {process.Id}"])) await kill.WaitForExitAsync();
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task<bool> IsOk(HttpClient http, Uri url, CancellationToken ct)
    {
        try
        {
            using var answer = await http.GetAsync(url, ct);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }
}

using System.Diagnostics;

namespace Dlcs.Integration.Servers;

/// <summary>A search engine of a test's own: it can be killed, and started again with its data.</summary>
public sealed class EngineProcess(string script) : IAsyncDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("dlcs-engine-").FullName;
    private readonly int port = Ports.Free();
    private Process? process;

    public Uri Url => new($"http://127.0.0.1:{port}");

    public async Task Start()
    {
        process = Run(script, [home, $"{port}"]);
        await Ready(Url, process, TimeSpan.FromMinutes(2));
    }

    /// <summary>As a failing machine would.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Ends it in good order.</summary>
    public Task Stop() => Stop(process!);

    /// <summary>Its data as it is now; only while it is stopped.</summary>
    public string Backup()
    {
        var copy = Directory.CreateTempSubdirectory("dlcs-engine-backup-").FullName;
        using var cp = Process.Start("cp", ["-a", $"{home}/.", copy]);
        cp.WaitForExit();
        return copy;
    }

    /// <summary>That backup in place of its data; only while it is stopped.</summary>
    public void Restore(string backup)
    {
        Directory.Delete(home, recursive: true);
        Directory.Move(backup, home);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false }) await Kill();
        process?.Dispose();
        Directory.Delete(home, recursive: true);
    }

    internal static Process Run(string program, string[] arguments)
    {
        var started = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        started.OutputDataReceived += (_, _) => { };
        started.ErrorDataReceived += (_, _) => { };
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return started;
    }

    internal static async Task Ready(Uri url, Process engine, TimeSpan patience)
    {
        using var http = new HttpClient();
        for (var began = Stopwatch.GetTimestamp(); !await Answers(http, url);)
        {
            if (engine.HasExited || Stopwatch.GetElapsedTime(began) > patience)
                throw new TimeoutException($"{engine.StartInfo.FileName} did not start");
            await Task.Delay(100);
        }
        await EngineMemory.Unlimit(http, url);
    }

    /// <summary>Lets it end by itself, then makes it.</summary>
    internal static async Task Stop(Process engine)
    {
        if (engine.HasExited) return;
        using var term = Process.Start("sh", ["-c", $"kill -TERM {engine.Id}"]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await engine.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!engine.HasExited) engine.Kill();
    }

    private static async Task<bool> Answers(HttpClient http, Uri url)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(url, "/_cluster/health?wait_for_status=yellow&timeout=1s"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

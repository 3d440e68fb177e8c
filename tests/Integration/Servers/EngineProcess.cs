using System.Diagnostics;

namespace Dlcs.Integration.Servers;

/// <summary>A search engine of the tests' own: it can be killed, and started again with its data.</summary>
/// <param name="patience">How long it may take to start.</param>
public abstract class EngineProcess(TimeSpan patience) : IAsyncDisposable
{
    private Process? process;

    public Uri Url => new($"http://127.0.0.1:{Port}");

    protected int Port { get; } = Ports.Free();

    /// <exception cref="TimeoutException">It ended, or never answered.</exception>
    public async Task Start()
    {
        process?.Dispose();
        process = Launch();
        await Ready(process);
    }

    /// <summary>As a failing machine would.</summary>
    public async Task Kill()
    {
        KillNow(process!);
        await process!.WaitForExitAsync();
    }

    /// <summary>Lets it end in good order, then makes it.</summary>
    public async Task Stop()
    {
        using var term = Process.Start("sh", ["-c", $"kill -TERM {process!.Id}"]);
        using var atMost = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await process.WaitForExitAsync(atMost.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!process.HasExited) await Kill();
    }

    /// <summary>Its data as it is now; only while it is stopped.</summary>
    public abstract string Backup();

    /// <summary>That backup in place of its data; only while it is stopped.</summary>
    public abstract void Restore(string backup);

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false }) await Kill();
        process?.Dispose();
        Forget();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts it, with the data that it has.</summary>
    protected abstract Process Launch();

    protected virtual void KillNow(Process process) => process.Kill();

    /// <summary>Deletes its data.</summary>
    protected abstract void Forget();

    protected static Process Run(string program, params string[] arguments)
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

    private async Task Ready(Process engine)
    {
        using var http = new HttpClient();
        for (var began = Stopwatch.GetTimestamp(); !await Answers(http);)
        {
            if (engine.HasExited || Stopwatch.GetElapsedTime(began) > patience)
                throw new TimeoutException($"{engine.StartInfo.FileName} did not start");
            await Task.Delay(100);
        }
        await EngineMemory.Unlimit(http, Url);
    }

    private async Task<bool> Answers(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Url, "/_cluster/health?wait_for_status=yellow&timeout=1s"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

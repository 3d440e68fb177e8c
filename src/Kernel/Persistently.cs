using Microsoft.Extensions.Logging;

namespace Dlcs.Kernel;

/// <summary>The retry policy of everything that runs in the background for as long as the process does.</summary>
public static class Persistently
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Runs until <paramref name="ct"/> ends; after a failure again, ever more slowly: every 5 s. The same failure is
    /// told once a minute; that an engine is away is told as a warning by its adapter.
    /// </summary>
    /// <param name="what">For the log: who failed.</param>
    public static async Task Run(
        string what, Func<CancellationToken, Task> work, ILogger logger, TimeProvider time, CancellationToken ct)
    {
        var (pause, repetition) = (TimeSpan.FromMilliseconds(100), new Repetition(time));
        while (!ct.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            try
            {
                await work(ct);
                if (!ct.IsCancellationRequested) await Task.Delay(pause, time, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                if (time.GetElapsedTime(began) > Longest) pause = TimeSpan.FromMilliseconds(100);
                var reason = Database.Reason(failure);
                var level = failure is EngineUnavailableException ? LogLevel.Information : LogLevel.Warning;
                logger.Log(
                    repetition.IsNew(reason) ? level : LogLevel.Debug,
                    "{What} failed and starts again in {Pause} ms: {Reason}",
                    what, (int)pause.TotalMilliseconds, reason);
                logger.LogDebug(failure, "{What} failed", what);
                await Task.Delay(pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < Longest ? pause * 2 : Longest;
            }
        }
    }
}

using System.Diagnostics;

namespace Dlcs.Kernel.Events;

public static class Recognising
{
    /// <summary>A node that was slower than the one before shows as much before long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether the log still holds what was seen of it.</summary>
    /// <returns>
    /// The checkpoint, with its event if that was not known; <c>null</c>: the log ends before it, or has come there
    /// with other events (an older backup).
    /// </returns>
    /// <exception cref="LogUnavailableException">The log does not say.</exception>
    public static async Task<Checkpoint?> Recognise(this IEventStore log, Checkpoint seen, CancellationToken ct)
    {
        for (var began = Stopwatch.GetTimestamp(); ; await Task.Delay(Pause, ct))
        {
            if (await log.End(ct) >= seen.Position)
            {
                var last = (await log.ReadLast(seen.Position, ct))?.Recorded.Id ?? Guid.Empty;
                if (seen.Last is null || seen.Last == last) return seen with { Last = last };
            }
            if (Stopwatch.GetElapsedTime(began) > Patience) return null;
        }
    }

    /// <summary>Follows the log from a place of which no more is known.</summary>
    public static IAsyncEnumerable<LogPage> Subscribe(
        this IEventStore log, Position after, int atMost, CancellationToken ct) =>
        log.Subscribe(new Checkpoint(after, Last: null), atMost, ct);
}

/// <summary>The log that came back is not the one that was followed: it does not hold what was seen of it.</summary>
public sealed class LogReplacedException()
    : Exception("the log has lost what was seen of it, or other events stand there (an older backup?)");

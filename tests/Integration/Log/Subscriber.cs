using System.Diagnostics;
using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Log;

/// <summary>Follows a log and notes what it sees, and when.</summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<(LogEntry Entry, long At)> seen = [];
    private readonly Task following;

    public Subscriber(IEventStore log, Position after, int atMost = 100) =>
        following = Task.Run(() => Follow(log, after, atMost));

    public IReadOnlyList<(LogEntry Entry, long At)> Seen
    {
        get
        {
            lock (seen) return [.. seen];
        }
    }

    public IReadOnlyList<string> Names => [.. Seen.Select(s => ((SpaceRenamed)s.Entry.Recorded.Event).Name)];

    /// <summary>Until it has seen so many events.</summary>
    public async Task Sees(int count)
    {
        var began = Stopwatch.GetTimestamp();
        while (Seen.Count < count)
        {
            if (following.IsCompleted) await following;
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(60))
                throw new TimeoutException($"saw {Seen.Count} of {count} events");
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await following;
        stop.Dispose();
    }

    private async Task Follow(IEventStore log, Position after, int atMost)
    {
        try
        {
            await foreach (var page in log.Subscribe(after, atMost, stop.Token))
            {
                var now = Stopwatch.GetTimestamp();
                lock (seen) seen.AddRange(page.Entries.Select(e => (e, now)));
            }
            throw new InvalidOperationException("the subscription ended by itself");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }
}

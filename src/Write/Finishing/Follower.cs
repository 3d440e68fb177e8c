using System.Runtime.ExceptionServices;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write.Batches;
using Dlcs.Write.Spaces;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dlcs.Write.Finishing;

/// <summary>What the follower asks of others.</summary>
public sealed record FollowerWiring(
    LoadCheckpoint Load, SaveCheckpoint Save, SpaceIsEmpty IsEmpty, WriteSettings Settings, TimeProvider Time);

/// <summary>
/// Follows the log and finishes what a crash interrupted between two appends, once it has been left alone for a while.
/// Any number of these may run: what they do is idempotent.
/// </summary>
public sealed class Follower(IEventStore store, FollowerWiring wiring, ILogger<Follower> log) : BackgroundService
{
    private const int Page = 1_000;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Lock access = new();
    private readonly Unfinished unfinished = new();
    private Checkpoint read = Checkpoint.Start;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            Again("Looking for what was left unfinished", Read, stoppingToken),
            Again("Finishing what was left", FinishAll, stoppingToken));

    /// <summary>Finishes one thing that was begun: harmless when it is finished already.</summary>
    public async Task Finish(LogEntry begun, CancellationToken ct)
    {
        var now = wiring.Time.GetUtcNow();
        var metadata = Metadata.Following(begun.Recorded, NamedGuid.Of(begun.Recorded.Id, "finish"), now);
        switch (begun.Recorded.Event)
        {
            case BatchSubmitted e:
                await CompleteBatch.Run(store, e.Batch, now, ct);
                break;
            case SpaceClosing e:
                var command = new DeleteSpace(e.Id, begun.Recorded.Metadata.Command);
                await DeleteSpace.Finish(store, command, begun.Position, wiring.IsEmpty, metadata, ct);
                break;
        }
    }

    private async Task Read(CancellationToken ct)
    {
        if (await store.Recognise(await wiring.Load(ct), ct) is not { } from)
        {
            log.LogError("The log ends before what was looked through, or other events stand there (an older backup?): "
                + "all is looked through again");
            from = Checkpoint.Start;
            lock (access)
            {
                unfinished.Forget();
                read = from;
            }
        }
        await foreach (var page in store.Subscribe(from, Page, ct))
        {
            var seen = wiring.Time.GetUtcNow();
            lock (access)
            {
                foreach (var entry in page.Entries)
                {
                    unfinished.Fold(from, entry, seen);
                    from = Checkpoint.At(entry);
                }
                read = from = from.After(page);
            }
        }
    }

    private async Task FinishAll(CancellationToken ct)
    {
        var saved = Checkpoint.Start;
        using var timer = new PeriodicTimer(Beat, wiring.Time);
        while (await timer.WaitForNextTickAsync(ct))
        {
            IReadOnlyList<LogEntry> due;
            Checkpoint finished;
            lock (access)
            {
                due = unfinished.Since(wiring.Time.GetUtcNow() - wiring.Settings.Grace);
                finished = unfinished.FinishedUpTo(read);
            }

            Exception? away = null; // what one waits for, the next may not need
            foreach (var begun in due) away = await FinishOne(begun, ct) ?? away;
            if (away is not null) ExceptionDispatchInfo.Throw(away);
            if (finished.Position <= saved.Position) continue;
            await wiring.Save(finished, ct);
            saved = finished;
        }
    }

    /// <returns>What was away, if anything was.</returns>
    private async Task<Exception?> FinishOne(LogEntry begun, CancellationToken ct)
    {
        var recorded = begun.Recorded;
        var (what, correlation) = (recorded.Event.GetType().Name, recorded.Metadata.Correlation);
        try
        {
            log.LogWarning(
                "Finishing what {Event} in {Stream} began, correlation {Correlation}",
                what, recorded.Stream, correlation);
            await Finish(begun, ct);
            lock (access) unfinished.Close(begun);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            if (Database.IsAnEngines(e)) return e;
            log.LogError(e, "Not finished, correlation {Correlation}; tried again in a moment", correlation);
        }
        return null;
    }

    /// <summary>The log or the database may be away for a while; what is to be done stays.</summary>
    private Task Again(string what, Func<CancellationToken, Task> work, CancellationToken ct) =>
        Persistently.Run(what, work, log, wiring.Time, ct);
}

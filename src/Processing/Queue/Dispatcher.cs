using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write.Images;
using Microsoft.Extensions.Logging;

namespace Dlcs.Processing.Queue;

/// <summary>
/// Follows the log and puts every registered image into its lane. Any number of processes may run one; one of them
/// works, the others wait for its end.
/// </summary>
internal sealed class Dispatcher(IEventStore store, QueueSetting setting, ILogger<Dispatcher> logger)
{
    private const int PageSize = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A registration of this age is settled, most likely: asking is cheaper than a job.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromMinutes(10);

    /// <summary>Ends with <paramref name="ct"/>; whatever fails before is tried again.</summary>
    public Task Run(CancellationToken ct) => Persistently.Run(
        "Dispatching",
        async end =>
        {
            await using var ledger = await Ledger.Take(
                setting.Source, setting.Settings.Schema, await store.Identity(end), end);
            if (ledger is null) await Task.Delay(Pause, setting.Time, end);
            else await Follow(ledger, end);
        },
        logger, setting.Time, ct);

    private async Task Follow(Ledger ledger, CancellationToken ct)
    {
        var time = setting.Time;
        logger.LogInformation("Dispatching registered images");
        if (await store.Recognise(ledger.Reached, ct) is not { } seen)
        {
            logger.LogError("The log ends before what was dispatched, or other events stand there (an older backup?): "
                + "all is dispatched again, and what is settled is left alone");
            await ledger.BeginAnew(ct);
            seen = ledger.Reached;
        }
        var written = time.GetTimestamp();
        await foreach (var page in store.Subscribe(seen, PageSize, ct))
        {
            seen = seen.After(page);
            var work = await Work(page, time.GetUtcNow() - Old, ct);
            if (work is [] && time.GetElapsedTime(written) < Pause) continue; // most pages are of no concern here

            await ledger.Commit(work, seen, ct);
            written = time.GetTimestamp();
        }
    }

    private async Task<IReadOnlyList<WaitingEnvelope>> Work(LogPage page, DateTimeOffset old, CancellationToken ct)
    {
        var registered = page.Entries.Select(e => e.Recorded).Where(r => r.Event is ImageRegistered).ToList();
        var aged = registered.Where(r => r.Metadata.At < old).Select(r => r.Stream).Distinct().ToList();
        var histories = aged is [] ? [] : await store.ReadMany(aged, ct);
        var known = aged.Zip(histories).ToDictionary();
        return
        [
            .. registered
                .Select(r => (Event: (ImageRegistered)r.Event, Recorded: r))
                .Where(r => !known.TryGetValue(r.Recorded.Stream, out var past) || Awaits(past, r.Event.Registration))
                .Select(r => Envelopes.Of(r.Event, r.Recorded)),
        ];
    }

    private static bool Awaits(IReadOnlyList<Recorded> history, Guid registration)
    {
        try
        {
            return history.Aggregate(Image.Initial, Image.Evolve).Awaits(registration);
        }
        catch (UnknownEventException)
        {
            return true; // one image that this program cannot read holds up no other
        }
    }
}

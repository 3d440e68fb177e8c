using Dlcs.Kernel.Events;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>
/// The views of one store on their way along the log: page by page, checkpoints in one commit, which requires that the
/// views are still ours. Each store moves at its own pace.
/// </summary>
internal sealed class Following(ReadStore store, Lease lease, IReadOnlyList<Running> running)
{
    private static readonly TimeSpan Unseen = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private readonly HashSet<string> changed = [];
    private bool unshown = running.Any(r => !r.Projection.CommitsTogether && !r.IsParked);
    private bool unknown = running.Any(r => !r.Projection.CommitsTogether); // what was written and not told before
    private Position shown =
        running.Where(r => !r.IsParked).Select(r => r.Generation.Shown).DefaultIfEmpty(Position.Start).Min();

    public bool IsParked => running.All(r => r.IsParked);

    /// <summary>How far all its views are that go on.</summary>
    public Position From => Begin.Position;

    /// <summary>From where the log is to be read.</summary>
    private Checkpoint Begin =>
        running.Where(r => !r.IsParked).Select(r => r.Generation.Checkpoint).MinBy(c => c.Position);

    /// <summary>One of the generations that is live no more: it was rebuilt; <c>null</c>: all still are.</summary>
    public async Task<Generation?> Replaced(CancellationToken ct)
    {
        var live = (await store.Generations(ct)).ToDictionary(g => g.View, g => g.Number);
        return running.Select(r => r.Generation).FirstOrDefault(g => live.GetValueOrDefault(g.View) != g.Number);
    }

    /// <returns>When a generation is live no more, or every view has stopped.</returns>
    public async Task Run(IEventStore log, ILogger logger, CancellationToken ct)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var pages = log.Subscribe(Begin, 1000, ended.Token).GetAsyncEnumerator(ended.Token);
        var next = pages.MoveNextAsync().AsTask();
        try
        {
            // What a crash left half written is written whole before anyone sees it.
            if (unshown) await Task.WhenAny(next, Task.Delay(250, ct));
            var shownAt = TimeProvider.System.GetTimestamp();
            while (true)
            {
                // Many pages are shown together, as long as they come at once.
                if (unshown && (!next.IsCompleted || TimeProvider.System.GetElapsedTime(shownAt) > Unseen))
                {
                    await Show(ct);
                    shownAt = TimeProvider.System.GetTimestamp();
                }
                while (!await Comes(next, ct))
                    if (!await Verify(logger, ct)) return;
                if (!await next || !await Commit(pages.Current, logger, ct)) return;
                next = pages.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            await ended.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns><c>false</c>: a generation is live no more, or every view has stopped.</returns>
    private async Task<bool> Commit(LogPage page, ILogger logger, CancellationToken ct)
    {
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        var going = running.Count(r => !r.IsParked);
        foreach (var view in running.Where(r => !r.IsParked))
        {
            try
            {
                await view.Fold(page, connection, logger, ct);
                if (!view.Projection.CommitsTogether) await Write(view, connection, ct);
            }
            catch (ViewStoppedException stopped)
            {
                if (await Replaced(ct) is { } old) return Rebuilt(old, logger);
                view.Park(stopped, logger);
            }
        }

        await using var transaction = await connection.BeginTransactionAsync(ct);
        await lease.Hold(store, connection, ct);
        foreach (var view in running.Where(r => !r.IsParked && r.Projection.CommitsTogether))
            await Write(view, connection, ct);
        foreach (var view in running.Select(r => r.Generation))
            if (!await Generations.Advance(view, live: true, store, connection, ct)) return Rebuilt(view, logger);
        // By its key a document is read as it was written: caches need not wait until searches show it.
        if (running.Count(r => !r.IsParked) < going)
            await Announcement.SendToLookUp(running[0].Projection.Kept, store, connection, ct);
        else
            await Announce(connection, ct);
        await transaction.CommitAsync(ct);
        if (logger.IsEnabled(LogLevel.Debug)) Tell(page, logger);
        return !IsParked;
    }

    private async Task Write(Running view, NpgsqlConnection connection, CancellationToken ct)
    {
        var written = await view.Write(connection, ct);
        if (view.Generation.View is "images") changed.UnionWith(written.Keys);
        unshown |= !view.Projection.CommitsTogether;
    }

    private static bool Rebuilt(Generation generation, ILogger logger)
    {
        logger.LogInformation("View {View} was rebuilt: the projector goes on with it", generation.View);
        return false;
    }

    /// <returns><c>false</c>: nothing happens for a while.</returns>
    private static async Task<bool> Comes(Task next, CancellationToken ct)
    {
        try
        {
            await next.WaitAsync(Idle, ct);
            return true;
        }
        catch (TimeoutException) when (!next.IsCompleted)
        {
            return false;
        }
    }

    /// <summary>What is kept elsewhere may be lost while nothing happens: then the next start says so.</summary>
    /// <returns><c>false</c>: a generation is live no more.</returns>
    private async Task<bool> Verify(ILogger logger, CancellationToken ct)
    {
        if (await Replaced(ct) is { } old) return Rebuilt(old, logger);
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        foreach (var view in running.Where(r => !r.IsParked && r.Generation.Position > Position.Start))
            await view.Projection.Verify(view.Generation, connection, ct);
        return true;
    }

    /// <summary>Lets queries see what was written before, and tells so.</summary>
    private async Task Show(CancellationToken ct)
    {
        var views = running.Where(r => !r.IsParked).ToList();
        foreach (var view in views) await view.Projection.Show(view.Generation.Number, ct);

        await using var connection = await store.Database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await lease.Hold(store, connection, ct);
        await Generations.Show(views.Select(v => v.Generation), store, connection, ct);
        unshown = false;
        await Announce(connection, ct);
        await transaction.CommitAsync(ct);
    }

    private async Task Announce(NpgsqlConnection transaction, CancellationToken ct)
    {
        if (!unshown) shown = From;
        IReadOnlyList<string>? images = unknown ? null : [.. changed];
        await Announcement.Send(new(running[0].Projection.Kept, shown, images), store, transaction, ct);
        changed.Clear();
        unknown = false;
    }

    private static void Tell(LogPage page, ILogger logger)
    {
        foreach (var (position, recorded) in page.Entries)
        {
            using var affair = logger.BeginScope("{CorrelationId}", recorded.Metadata.Correlation);
            logger.LogDebug(
                "The views show revision {Revision} of {Stream}, at position {Position}",
                recorded.Revision, recorded.Stream, position.Value);
        }
    }
}

using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dlcs.Read.Projecting;

/// <summary>
/// Folds the log into the live generation of every view. One process does it at a time for each store; another takes
/// over when it dies. A store that is slow or away holds up nobody else's views.
/// </summary>
public sealed class Projector(IEventStore log, ReadStore store, ILogger<Projector> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        store.Stores.Select(kept => Persistently.Run(
            $"the projector of {kept}", ct => Project(kept, ct), logger, TimeProvider.System, stoppingToken)));

    private async Task Project(string kept, CancellationToken ct)
    {
        var identity = await log.Identity(ct);
        await Generations.EnsureSchema(store, identity, ct);
        await using var lease = await Lease.Take(store, kept, ct);
        store.Refresh();

        var running = await Start(kept, identity, lease, ct);
        var following = new Following(store, lease, running);
        if (!following.IsParked) await following.Run(log, logger, ct);
        store.Refresh();
        if (!following.IsParked) return;

        logger.LogError("Every view in {Store} is parked: see dlcs views", kept);
        while (await following.Replaced(ct) is null) await Task.Delay(Pause, ct);
    }

    /// <summary>The live generations, each parked if it cannot be trusted, else given another try.</summary>
    private async Task<List<Running>> Start(string kept, Guid identity, Lease lease, CancellationToken ct)
    {
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        var (running, known) = (new List<Running>(), new Dictionary<Checkpoint, Checkpoint?>());
        foreach (var generation in await Generations.Live(connection, store.Schema, ct))
        {
            var projection = store.Projections.Single(p => p.Name == generation.View);
            if (projection.Kept != kept) continue;

            var view = new Running(projection, generation with { Parked = null });
            try
            {
                Trust(generation, projection, identity);
                view.Know(await Recognise(generation.Checkpoint));
                if (await projection.Verify(generation, connection, ct) is { } ahead) await Recognise(ahead);
            }
            catch (ViewStoppedException stopped)
            {
                view.Park(stopped, logger);
            }
            running.Add(view);
        }
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await lease.Hold(store, connection, ct); // to look took time
        foreach (var view in running) await Generations.Advance(view.Generation, live: true, store, connection, ct);
        await Announcement.SendToLookUp(kept, store, connection, ct);
        await transaction.CommitAsync(ct);
        return running;

        // Most views are equally far: the log is asked once.
        async Task<Checkpoint> Recognise(Checkpoint seen)
        {
            if (!known.TryGetValue(seen, out var asked)) known[seen] = asked = await log.Recognise(seen, ct);
            return asked ?? throw new ViewStoppedException(
                "the log ends before what this view has seen, or other events stand there (an older backup?)");
        }
    }

    /// <exception cref="ViewStoppedException">What is stored does not come from this log, or this program.</exception>
    private static void Trust(Generation generation, Projection projection, Guid identity)
    {
        if (generation.Log != identity) throw new ViewStoppedException("it was made from another log");
        if (generation.Kept != projection.Kept) // each store counts its versions by itself
            throw new ViewStoppedException($"it was kept in {generation.Kept}, and is to be kept in {projection.Kept}");
        if (generation.Version != projection.Version)
            throw new ViewStoppedException("it was folded by another version of the program");
    }
}

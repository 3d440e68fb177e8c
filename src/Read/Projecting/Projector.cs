using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>
/// Folds the log into the live generation of every view: page by page, views and checkpoints in one commit. One
/// process does it at a time; another takes over when it dies.
/// </summary>
public sealed class Projector(IEventStore log, ReadStore store, ILogger<Projector> logger) : BackgroundService
{
    private const int PageSize = 1000;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Persistently.Run("the projector", Project, logger, TimeProvider.System, stoppingToken);

    private async Task Project(CancellationToken ct)
    {
        var identity = await log.Identity(ct);
        await Generations.EnsureSchema(store, identity, ct);
        await using var lease = await Lease.Take(store, ct);
        store.Refresh();

        var running = await Start(identity, ct);
        while (running.Any(r => !r.IsParked))
        {
            var from = running.Where(r => !r.IsParked).Min(r => r.Generation.Position);
            await foreach (var page in log.Subscribe(from, PageSize, ct))
            {
                if (await Commit(page, running, lease, ct)) continue;
                logger.LogInformation("A view was rebuilt: the projector goes on with it");
                store.Refresh();
                return;
            }
        }
        logger.LogError("Every view is parked: see dlcs views");
        while (!await AnyIsReplaced(running, ct)) await Task.Delay(TimeSpan.FromSeconds(5), ct);
    }

    /// <summary>The live generations, each parked if it can not be trusted, else given another try.</summary>
    private async Task<List<Running>> Start(Guid identity, CancellationToken ct)
    {
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        var running = new List<Running>();
        foreach (var generation in await Generations.Live(connection, store.Schema, ct))
        {
            var projection = store.Projections.Single(p => p.Name == generation.View);
            var parked = await Distrust(generation, projection, identity, ct);
            if (parked is not null) logger.LogError("View {View} has stopped: {Reason}", generation.View, parked);
            var r = new Running(generation with { Parked = parked }, projection.Feed(generation.Number));
            await Generations.Advance(r.Generation, live: true, store, connection, ct);
            running.Add(r);
        }
        return running;
    }

    private async Task<string?> Distrust(
        Generation generation, Projection projection, Guid identity, CancellationToken ct)
    {
        var rebuild = $"rebuild it: dlcs rebuild {generation.View}";
        if (generation.Log != identity) return $"it was made from another log; {rebuild}";
        if (generation.Version != projection.Version)
            return $"it was folded by another version of the program; {rebuild}";

        return await log.End(ct) < generation.Position
            ? $"the log ends before what this view has seen (an older backup?); {rebuild}" : null;
    }

    /// <returns><c>false</c>: a generation is live no more.</returns>
    private async Task<bool> Commit(LogPage page, List<Running> running, Lease lease, CancellationToken ct)
    {
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await lease.Hold(store, connection, ct);

        IReadOnlyList<string> images = [];
        foreach (var view in running)
        {
            if (!view.IsParked)
            {
                var written = await view.Take(page, connection, logger, ct);
                if (view.Generation.View is "images") images = written.Keys;
            }
            // A parked one stays where it is; but it may have been rebuilt meanwhile.
            if (!await Generations.Advance(view.Generation, live: true, store, connection, ct)) return false;
        }

        if (running.Any(r => !r.IsParked))
        {
            var position = running.Where(r => !r.IsParked).Min(r => r.Generation.Position);
            await Announcement.Send(new(position, images), store, connection, ct);
        }
        await transaction.CommitAsync(ct);
        if (logger.IsEnabled(LogLevel.Debug)) Tell(page);
        return !running.TrueForAll(r => r.IsParked);
    }

    private async Task<bool> AnyIsReplaced(List<Running> running, CancellationToken ct)
    {
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        var live = await Generations.Live(connection, store.Schema, ct);
        return running.Exists(r => !live.Any(g => (g.View, g.Number) == (r.Generation.View, r.Generation.Number)));
    }

    private void Tell(LogPage page)
    {
        foreach (var (position, recorded) in page.Entries)
        {
            logger.LogDebug(
                "The views show position {Position}: revision {Revision} of {Stream}; correlation:{Correlation}",
                position.Value, recorded.Revision, recorded.Stream, recorded.Metadata.Correlation);
        }
    }

    /// <summary>A live generation while the projector has it.</summary>
    private sealed class Running(Generation generation, Feeding feeding)
    {
        private const int MostInMemory = 20_000;

        public Generation Generation { get; private set; } = generation;

        public bool IsParked => Generation.Parked is not null;

        public async Task<Written> Take(LogPage page, NpgsqlConnection connection, ILogger logger, CancellationToken ct)
        {
            var entries = page.Entries.Where(e => e.Position > Generation.Position).ToList();
            if (feeding.Held > MostInMemory) feeding.Forget();

            var (count, fault) = await Fold(entries, connection, ct);
            if (fault is not null)
            {
                logger.LogError(fault, "View {View} is parked", Generation.View);
                feeding.Forget();
                entries = entries[..count];
                await Fold(entries, connection, ct);
            }

            var written = await feeding.Write(connection, ct);
            Generation = Generation with
            {
                Position = fault is null ? page.Through
                    : entries is [.., var last] ? last.Position : Generation.Position,
                Digest = Generation.Digest + written.Digest,
                Parked = fault?.Message,
            };
            return written;
        }

        private async Task<(int, Exception?)> Fold(
            List<LogEntry> entries, NpgsqlConnection connection, CancellationToken ct)
        {
            await feeding.Load(entries, connection, ct);
            return feeding.Fold(entries);
        }
    }
}

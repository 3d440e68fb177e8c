using System.Runtime;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Read.Projecting;

/// <summary>How far a rebuild is.</summary>
/// <param name="Stage">What it does: reading, copying, indexing, comparing.</param>
/// <param name="Events">Folded so far.</param>
/// <param name="Until">The position to reach.</param>
public readonly record struct RebuildProgress(string Stage, long Events, Position Position, Position Until);

/// <summary>How a view came out of a rebuild.</summary>
/// <param name="Swapped">The rebuilt generation is live now.</param>
/// <param name="Differences">Keys whose documents differ although the fold is the same: somebody must look.</param>
public sealed record Rebuilt(string View, Digest Was, Digest Is, bool Swapped, IReadOnlyList<string> Differences);

/// <summary>
/// Builds views anew beside the live ones, from the first event on, and swaps them when both hold the same events and
/// are equal. The log is read once for all; queries go on all the while.
/// </summary>
public sealed class Rebuild(IEventStore log, ReadStore store, IProgress<RebuildProgress> progress)
{
    /// <summary>Events that are read at a time.</summary>
    public int PageSize { get; init; } = 2_000;

    /// <summary>Documents of one view that are kept in memory while it is filled; more are written through.</summary>
    public int MostInMemory { get; init; } = 400_000;

    /// <param name="views">Names; none: all.</param>
    /// <param name="accept">Swap although documents differ.</param>
    /// <exception cref="RebuildRefusedException">Another goes on, or a view cannot fold an event.</exception>
    public async Task<IReadOnlyList<Rebuilt>> Run(IReadOnlyList<string> views, bool accept, CancellationToken ct)
    {
        var identity = await log.Identity(ct);
        await Generations.EnsureSchema(store, identity, ct);
        await using var alone = await Generations.RebuildAlone(store, ct);
        var chosen = store.Projections.Where(p => views is [] || views.Contains(p.Name)).ToList();
        var building = await Begin(chosen, identity, ct);
        var pauses = GCSettings.LatencyMode;
        try
        {
            // Nearly all that is made here stays: collecting beside the work would only go over it twice.
            GCSettings.LatencyMode = GCLatencyMode.Batch;
            await Fill(building, ct);
            progress.Report(new("comparing", 0, default, default));
            var results = new List<Rebuilt>();
            foreach (var ofStore in building.GroupBy(b => b.Projection.Kept))
                results.AddRange(await Swap(ofStore.Key, [.. ofStore], accept, ct));
            return results;
        }
        finally
        {
            GCSettings.LatencyMode = pauses;
            await Discard(building, ct);
        }
    }

    private async Task<List<Building>> Begin(List<Projection> chosen, Guid identity, CancellationToken ct)
    {
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        var (building, end) = (new List<Building>(), await log.End(ct));
        var live = (await Generations.Live(connection, store.Schema, ct)).ToDictionary(g => g.View);
        foreach (var projection in chosen)
        {
            var generation = await Generations.Add(projection, identity, live: false, store, connection, ct);
            await projection.Create(generation, connection, ct);
            var old = live[projection.Name];
            var until = AreComparable(old, generation) && old.Position < end ? old.Position : end;
            building.Add(new(projection, generation, until));
        }
        return building;
    }

    /// <summary>Folds the whole log in memory and copies it into bare tables; then makes their indexes.</summary>
    private async Task Fill(List<Building> building, CancellationToken ct)
    {
        var (events, position) = (0L, Position.Start);
        var until = building.Select(b => b.Until).DefaultIfEmpty().Max();
        var next = log.ReadAll(position, PageSize, ct);
        while (position < until)
        {
            var page = await next;
            (position, events) = (page.Through, events + page.Entries.Count);
            next = log.ReadAll(position, PageSize, ct);
            await Task.WhenAll(building.Select(b => Task.Run(() => b.Fold(page, store, MostInMemory, ct), ct)));
            progress.Report(new("reading", events, position, until));
        }
        await next; // read ahead in vain
        progress.Report(new("copying", events, position, position));
        foreach (var b in building) await b.Copy(store, ct);
        progress.Report(new("indexing", events, position, position));
        foreach (var b in building) await b.Index(store, ct);
    }

    /// <summary>While the views of that store hold still: nobody else's do.</summary>
    private async Task<IReadOnlyList<Rebuilt>> Swap(
        string kept, List<Building> building, bool accept, CancellationToken ct)
    {
        var far = (await store.Generations(ct)).ToDictionary(g => g.View, g => g.Position);
        // They hold still but shortly then. No further than that: only at one position are they comparable.
        foreach (var b in building) await b.CatchUp(log, store, far[b.Generation.View], ct);

        await using var connection = await store.Database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Lease.HoldStill(store, kept, connection, ct);
        var live = (await Generations.Live(connection, store.Schema, ct)).ToDictionary(g => g.View);
        var results = new List<Rebuilt>();
        foreach (var b in building)
        {
            var old = live[b.Generation.View];
            var comparable = AreComparable(old, b.Generation);
            if (comparable) await b.CatchUp(log, store, old.Position, ct);
            var differs = comparable && old.Digest != b.Generation.Digest;
            var keys = differs
                ? await b.Projection.Differences(old.Number, b.Generation.Number, 20, connection, ct) : [];
            var swap = !differs || accept;
            if (swap) await b.MakeLive(store, connection, ct);
            results.Add(new(old.View, old.Digest, b.Generation.Digest, swap, keys));
        }
        await Announcement.SendToLookUp(kept, store, connection, ct);
        await transaction.CommitAsync(ct);
        store.Refresh();
        foreach (var (b, result) in building.Zip(results))
            if (result.Swapped) await Point(b, ct);
        return results;
    }

    /// <summary>The swap is done. If this cannot be done now, whoever follows the log from here on does it.</summary>
    private static async Task Point(Building building, CancellationToken ct)
    {
        try
        {
            await building.Projection.Point(building.Generation.Number, ct);
        }
        catch (EngineUnavailableException)
        {
            // The adapter has told the log why.
        }
    }

    /// <summary>Whether they are equal where they hold the same events; one that has seen none tells nothing.</summary>
    private static bool AreComparable(Generation live, Generation built) =>
        live.Parked is null && live.Position > Position.Start
        && (live.Version, live.Log, live.Kept) == (built.Version, built.Log, built.Kept);

    /// <summary>Drops what is not live: what was replaced, what was not taken, what an earlier rebuild left.</summary>
    private async Task Discard(List<Building> building, CancellationToken ct)
    {
        // For queries that began before the swap.
        if (!ct.IsCancellationRequested) await Task.Delay(TimeSpan.FromSeconds(1), ct);
        await using var connection = await store.Database.OpenConnectionAsync(CancellationToken.None);
        foreach (var b in building)
            foreach (var old in await Generations.NotLive(b.Generation.View, store, connection, CancellationToken.None))
            {
                await b.Projection.Drop(old, connection, CancellationToken.None);
                await Generations.Remove(b.Generation.View, old, store, connection, CancellationToken.None);
            }
    }
}

using Dlcs.Benchmarks.Loading;
using Dlcs.Benchmarks.Measuring;
using Dlcs.Kernel.Events;
using Dlcs.Read.Projecting;
using Npgsql;

namespace Dlcs.Benchmarks.Measurements;

/// <summary>Every view anew from the first event, beside the live ones, as <c>dlcs rebuild</c> does it.</summary>
internal static class Rebuilding
{
    public static async Task<IReadOnlyList<Line>> Run(IEventStore log, string postgres, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(postgres);
        var store = new ReadStore(database);
        var library = await Rebuild(log, store, ct);
        var held = await Rebuild(await HeldLog.Of(log, new Rebuild(log, store, new Stages()).PageSize, ct), store, ct);
        return
        [
            Line.AtLeast("rebuild of all views, indexes made", library.Whole, 20_000, "events/s"),
            Line.Note("  read, folded and copied", library.Bare, "events/s"),
            Line.AtLeast(
                "  fold and copy alone, of a log that costs nothing to read", held.Bare, 50_000, "events/s"),
        ];
    }

    /// <returns>Events per second: without the indexes, and with them.</returns>
    private static async Task<(double Bare, double Whole)> Rebuild(
        IEventStore log, ReadStore store, CancellationToken ct)
    {
        var (bare, whole) = (new List<double>(), new List<double>());
        for (var run = 0; run < Sample.Runs; run++)
        {
            var stages = new Stages();
            var rebuilt = await new Rebuild(log, store, stages).Run([], accept: false, ct);
            if (rebuilt.FirstOrDefault(r => !r.Swapped) is { } differs)
                throw new IOException($"{differs.View} differs: {string.Join(", ", differs.Differences)}");
            bare.Add(stages.Events / stages.Began("indexing").TotalSeconds);
            whole.Add(stages.Events / stages.Began("comparing").TotalSeconds);
        }
        return (Sample.Median(bare), Sample.Median(whole));
    }
}

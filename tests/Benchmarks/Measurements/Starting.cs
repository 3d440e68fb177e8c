using Dlcs.Benchmarks.Measuring;
using Dlcs.Benchmarks.Servers;

namespace Dlcs.Benchmarks.Measurements;

/// <summary>Starts an installation again, its PostgreSQL too, and leaves it alone for a while.</summary>
internal static class Starting
{
    public static async Task<IReadOnlyList<Line>> Run(Settings settings, CancellationToken ct)
    {
        var data = settings.Place("start");
        var first = await Sample.Time(async () => await (await Installation.Start(settings, data, ct)).DisposeAsync());
        var (times, idle) = (new List<double>(), new List<double>());
        for (var run = 0; run < Sample.Runs; run++)
        {
            Installation? dlcs = null;
            times.Add(await Sample.Time(async () => dlcs = await Installation.Start(settings, data, ct)));
            await using (dlcs)
            {
                await Task.Delay(TimeSpan.FromSeconds(10), ct);
                idle.Add(Memory.Resident(dlcs!.Process));
            }
        }

        return
        [
            Line.AtMost("second start to ready", Sample.Median(times) / 1000, 5, "s"),
            Line.Note("  first start, and stop", first / 1000, "s"),
            Line.AtMost("idle memory without PostgreSQL", Sample.Median(idle), 200, "MB"),
        ];
    }
}

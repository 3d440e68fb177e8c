using System.Diagnostics;
using Dlcs.Read.Projecting;

namespace Dlcs.Benchmarks.Measuring;

/// <summary>When each stage of a rebuild began.</summary>
internal sealed class Stages : IProgress<RebuildProgress>
{
    private readonly Dictionary<string, TimeSpan> began = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>How many were folded.</summary>
    public long Events { get; private set; }

    /// <summary>Since the rebuild began.</summary>
    public TimeSpan Began(string stage) => began[stage];

    public void Report(RebuildProgress value)
    {
        began.TryAdd(value.Stage, clock.Elapsed);
        Events = Math.Max(Events, value.Events);
    }
}

using System.Diagnostics;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>
/// With what no node takes just now, or nobody knows of: an election takes a second or two, and more where machines
/// have much to do. It is counted from when that is first met: what was asked before may have been long under way.
/// </summary>
internal sealed class Patience
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    private long began;

    /// <summary>It is met: whether that has gone on too long.</summary>
    public bool IsOver()
    {
        if (began is 0) began = Stopwatch.GetTimestamp();
        return Stopwatch.GetElapsedTime(began) > Most;
    }
}

using System.Diagnostics;

namespace Dlcs.Benchmarks.Measuring;

internal static class Waiting
{
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(10);

    /// <summary>Looks again and again.</summary>
    /// <exception cref="IOException">It did not come about in ten minutes.</exception>
    public static async Task Until(string what, TimeSpan pause, Func<Task<bool>> look, CancellationToken ct)
    {
        for (var clock = Stopwatch.StartNew(); !await look(); await Task.Delay(pause, ct))
            if (clock.Elapsed > AtMost) throw new IOException($"waited in vain: {what}");
    }
}

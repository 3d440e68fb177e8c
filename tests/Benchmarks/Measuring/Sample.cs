using System.Diagnostics;

namespace Dlcs.Benchmarks.Measuring;

/// <summary>Measured values.</summary>
internal static class Sample
{
    public const int Runs = 5;

    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <summary>The smallest value that at least that share of all values do not exceed.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }

    /// <summary>Milliseconds that this takes.</summary>
    public static async Task<double> Time(Func<Task> act)
    {
        var clock = Stopwatch.StartNew();
        await act();
        return clock.Elapsed.TotalMilliseconds;
    }

    /// <summary>The median of five, in milliseconds.</summary>
    public static async Task<double> MedianTime(Func<int, Task> act)
    {
        var times = new List<double>();
        for (var run = 1; run <= Runs; run++)
        {
            var number = run;
            times.Add(await Time(() => act(number)));
        }
        return Median(times);
    }
}

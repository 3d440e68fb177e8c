namespace Dlcs.Kernel;

/// <summary>How long to wait before another try.</summary>
public static class Backoff
{
    /// <summary>
    /// By chance, so that not everybody comes back at the same time: up to 4 times the least at first, and with each
    /// further try up to twice as long.
    /// </summary>
    /// <param name="tried">How often before, from 0 on.</param>
    /// <param name="least">Milliseconds.</param>
    /// <param name="most">Milliseconds, however often it was tried.</param>
    public static TimeSpan Pause(int tried, int least, int most)
    {
        var longest = Math.Min(most, least * Math.Pow(2, tried + 2));
        return TimeSpan.FromMilliseconds(least + (longest - least) * Random.Shared.NextDouble());
    }
}

using Dlcs.Kernel.Events;

namespace Dlcs.Host.Wiring;

/// <summary>How far somebody is behind the log.</summary>
internal static class Lagging
{
    private const int PageSize = 5_000;

    /// <summary>How many events of ours stand behind that position.</summary>
    /// <param name="atMost">Where counting ends.</param>
    public static async Task<int> Behind(this IEventStore log, Position position, int atMost, CancellationToken ct)
    {
        var (count, end) = (0, await log.End(ct));
        while (position < end && count < atMost)
        {
            var page = await log.ReadAll(position, Math.Min(PageSize, atMost - count), ct);
            (position, count) = (page.Through, count + page.Entries.Count);
        }
        return count;
    }
}

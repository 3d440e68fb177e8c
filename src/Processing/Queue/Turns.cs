namespace Dlcs.Processing.Queue;

/// <summary>
/// Customers take turns within a lane: start-time fair queueing, where each waiting image costs its customer one step
/// of virtual time. Whoever comes new joins at the lane's present time, between the images of those who already wait;
/// whoever has 10,000 waiting has spoken for the next 10,000 steps, and for nobody else's.
/// </summary>
internal static class Turns
{
    /// <summary>The turn after <paramref name="last"/>, but not in the past: time not used is not saved up.</summary>
    /// <param name="now">The lane's virtual time: the first turn still waiting.</param>
    public static long Next(long now, long last) => Math.Max(now, last) + 1;

    /// <summary>A turn for each waiting image, in their order.</summary>
    /// <param name="last">The last turn of each customer; moved on.</param>
    public static IReadOnlyList<long> Take(long now, IDictionary<int, long> last, IEnumerable<int> customers) =>
        [.. customers.Select(c => last[c] = Next(now, last.TryGetValue(c, out var turn) ? turn : now))];
}

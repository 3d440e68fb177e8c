namespace Dlcs.Kernel.Events.Marten;

/// <summary>How many appends are cut into transactions.</summary>
internal static class Parts
{
    /// <summary>
    /// The numbers of the appends that go together, transaction by transaction. What comes later in a stream needs what
    /// comes before it, so first goes the first append to each stream, then the second, …
    /// </summary>
    public static IEnumerable<IReadOnlyList<int>> Of(IReadOnlyList<SealedAppend> appends, LogSettings settings) =>
        Enumerable.Range(0, appends.Count)
            .GroupBy(i => appends[i].Key, StringComparer.Ordinal)
            .SelectMany(stream => stream.Select((i, nth) => (Number: i, Nth: nth)))
            .GroupBy(append => append.Nth, append => append.Number)
            .OrderBy(round => round.Key)
            .SelectMany(round => Cut(round, appends, settings));

    private static IEnumerable<IReadOnlyList<int>> Cut(
        IEnumerable<int> numbers, IReadOnlyList<SealedAppend> appends, LogSettings settings)
    {
        var (part, bytes) = (new List<int>(), 0);
        foreach (var i in numbers)
        {
            if (part.Count == settings.AppendsPerTransaction || bytes > settings.BytesPerTransaction - appends[i].Bytes)
            {
                if (part.Count > 0) yield return part;
                (part, bytes) = ([], 0);
            }
            part.Add(i);
            bytes += appends[i].Bytes;
        }
        if (part.Count > 0) yield return part;
    }
}

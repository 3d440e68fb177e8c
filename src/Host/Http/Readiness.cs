using System.Collections.Concurrent;

namespace Dlcs.Host.Http;

/// <summary>What a start still waits for: hosts that listen already are not ready before it is over.</summary>
internal sealed class Readiness
{
    private readonly ConcurrentDictionary<string, string> waiting = [];

    /// <summary>Why it is not ready, a sentence for each thing that it waits for; empty: it is.</summary>
    public IReadOnlyList<string> Reasons =>
        [.. waiting.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => w.Value)];

    public void WaitFor(string what, string sentence) => waiting[what] = sentence;

    public void Has(string what) => waiting.TryRemove(what, out _);
}

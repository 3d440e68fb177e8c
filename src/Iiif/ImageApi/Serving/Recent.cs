using System.Collections.Concurrent;

namespace Dlcs.Iiif.ImageApi.Serving;

/// <summary>
/// What was loaded lately. Two generations: when the young one is full it becomes the old one, and what is asked for
/// again moves back; so what is used stays, and there is never more than twice the capacity. A key is loaded once,
/// however many ask at the same time; what is not found, or fails, is not kept.
/// </summary>
internal sealed class Recent<T>(int capacity) where T : class
{
    private readonly Lock gate = new();
    private volatile ConcurrentDictionary<string, Task<T?>> young = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, Task<T?>> old = new(StringComparer.Ordinal);

    /// <summary>What is kept under that key, or on its way; <c>null</c> when nothing is.</summary>
    public Task<T?>? Find(ReadOnlySpan<char> key)
    {
        if (young.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var found)) return found;
        return old.IsEmpty ? null : Promote(key);
    }

    public Task<T?> Get(string key, Func<Task<T?>> load)
    {
        if (Find(key) is { } known) return known;

        var mine = new TaskCompletionSource<T?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (young.TryGetValue(key, out var other)) return other;
            if (young.Count >= capacity) (old, young) = (young, new(StringComparer.Ordinal));
            young[key] = mine.Task;
        }

        _ = Fill(key, mine, load);
        return mine.Task;
    }

    /// <summary>Whoever asks from now on gets it loaded anew, even if a load is under way.</summary>
    public void Evict(string key)
    {
        lock (gate)
        {
            young.TryRemove(key, out _);
            old.TryRemove(key, out _);
        }
    }

    public void Clear()
    {
        lock (gate) (old, young) = (new(StringComparer.Ordinal), new(StringComparer.Ordinal));
    }

    private Task<T?>? Promote(ReadOnlySpan<char> key)
    {
        lock (gate)
        {
            if (!old.GetAlternateLookup<ReadOnlySpan<char>>().TryRemove(key, out var name, out var found)) return null;
            young[name] = found;
            return found;
        }
    }

    private async Task Fill(string key, TaskCompletionSource<T?> mine, Func<Task<T?>> load)
    {
        var loading = load();
        await ((Task)loading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!loading.IsCompletedSuccessfully || await loading is null) Forget(key, mine.Task);
        mine.SetFromTask(loading);
    }

    private void Forget(string key, Task<T?> task)
    {
        lock (gate)
        {
            young.TryRemove(new(key, task));
            old.TryRemove(new(key, task));
        }
    }
}

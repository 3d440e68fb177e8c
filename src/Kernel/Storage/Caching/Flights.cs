using System.Collections.Concurrent;

namespace Dlcs.Kernel.Storage.Caching;

/// <summary>Reads that are on their way: whoever asks for the same range meanwhile waits for the same answer.</summary>
internal sealed class Flights(int most)
{
    private readonly ConcurrentDictionary<(StorageKey, long, int, int), Task<byte[]>> under = new();

    /// <param name="range">Which bytes; since which deletion: what was asked for before one is no answer after it.
    /// </param>
    /// <param name="read">Reads the range; not given up when the one who asked has gone.</param>
    /// <param name="landed">Told what was read, while it can still be had here.</param>
    /// <exception cref="StorageUnavailableException">Too many are on their way.</exception>
    public Task<byte[]> Join(
        (StorageKey Key, long Offset, int Length, int Since) range,
        Func<byte[], ValueTask> read, Action<byte[]> landed)
    {
        if (under.TryGetValue(range, out var other)) return other;
        if (under.Count >= most)
        {
            const string reason = "too many reads wait for the storage already";
            throw new StorageUnavailableException($"Reading {range.Key} failed: {reason}") { Reason = reason };
        }

        var mine = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        other = under.GetOrAdd(range, mine.Task);
        if (other == mine.Task) _ = Fly();
        return other;

        async Task Fly()
        {
            var bytes = new byte[range.Length];
            var reading = read(bytes).AsTask();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (reading.IsCompletedSuccessfully)
            {
                mine.SetResult(bytes);
                landed(bytes);
                under.TryRemove(new(range, mine.Task));
            }
            else
            {
                under.TryRemove(new(range, mine.Task));
                _ = mine.Task.Exception; // it may be that nobody waits any more
                if (reading.IsCanceled) mine.SetCanceled();
                else mine.SetException(reading.Exception!.InnerExceptions);
            }
        }
    }
}

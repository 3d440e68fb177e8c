namespace Dlcs.Kernel.Storage;

/// <summary>Removes what no event refers to: left behind by a crash, a replaced or a deleted image.</summary>
public static class Sweep
{
    /// <summary>Younger objects stay: the event that will refer to them may not be written yet.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromHours(24);

    private const int Page = 200;

    public static bool IsOld(StoredObject stored, DateTimeOffset now) => now - stored.Modified > Age;

    /// <summary>
    /// Asks for the references of each page of old objects just before it deletes what has none, so that the time in
    /// which a new reference could appear is short; putting an object again makes it young.
    /// </summary>
    /// <param name="referenced">Of the keys given, those that an event refers to.</param>
    public static async Task<Swept> Run(
        IStorage storage, Func<IReadOnlyList<StorageKey>, CancellationToken, Task<IReadOnlySet<StorageKey>>> referenced,
        TimeProvider time, CancellationToken ct)
    {
        var swept = new Swept(0, 0);
        var old = storage.List(ct).Where(stored => IsOld(stored, time.GetUtcNow()));
        await foreach (var page in old.Chunk(Page).WithCancellation(ct))
        {
            var kept = await referenced([.. page.Select(stored => stored.Key)], ct);
            foreach (var stored in page.Where(stored => !kept.Contains(stored.Key)))
            {
                await storage.Delete(stored.Key, ct);
                swept = new(swept.Objects + 1, swept.Bytes + stored.Length);
            }
        }

        return swept;
    }
}

/// <summary>What a sweep removed.</summary>
public sealed record Swept(int Objects, long Bytes);

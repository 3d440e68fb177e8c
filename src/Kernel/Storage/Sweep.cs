using System.Runtime.CompilerServices;

namespace Dlcs.Kernel.Storage;

/// <summary>Removes what no image needs: left behind by a crash, a replaced or a deleted image.</summary>
public static class Sweep
{
    /// <summary>Younger objects stay: the event that will refer to them may not be written yet.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromHours(24);

    private const int Page = 200;

    public static bool IsOld(StoredObject stored, DateTimeOffset now) => now - stored.Modified > Age;

    /// <summary>
    /// What is old and not referred to. Asks for the references of each page of old objects just before it gives them,
    /// so that the time in which a new reference could appear is short; putting an object again makes it young.
    /// </summary>
    /// <param name="referenced">Of the keys given, those that an image needs.</param>
    public static async IAsyncEnumerable<StoredObject> Find(
        IStorage storage, Referenced referenced, TimeProvider time, [EnumeratorCancellation] CancellationToken ct)
    {
        var old = storage.List(ct).Where(stored => IsOld(stored, time.GetUtcNow()));
        await foreach (var page in old.Chunk(Page).WithCancellation(ct))
        {
            var kept = await referenced([.. page.Select(stored => stored.Key)], ct);
            foreach (var stored in page.Where(stored => !kept.Contains(stored.Key))) yield return stored;
        }
    }

    /// <summary>Deletes what <see cref="Find"/> gives, unless it was put again meanwhile.</summary>
    /// <param name="removed">Told of each.</param>
    public static async Task<Swept> Run(
        IStorage storage, Referenced referenced, TimeProvider time, Action<StoredObject> removed, CancellationToken ct)
    {
        var swept = new Swept(0, 0);
        await foreach (var stored in Find(storage, referenced, time, ct))
        {
            if (await storage.Find(stored.Key, ct) is not { } now || !IsOld(now, time.GetUtcNow())) continue;
            await storage.Delete(stored.Key, ct);
            removed(stored);
            swept = swept.And(stored);
        }

        return swept;
    }
}

/// <summary>Of the keys given, those that an image needs.</summary>
public delegate Task<IReadOnlySet<StorageKey>> Referenced(IReadOnlyList<StorageKey> keys, CancellationToken ct);

/// <summary>What a sweep removed, or would remove.</summary>
public sealed record Swept(int Objects, long Bytes)
{
    public Swept And(StoredObject stored) => new(Objects + 1, Bytes + stored.Length);
}

using System.Security.Cryptography;
using Dlcs.Kernel.Storage;

namespace Dlcs.Integration.Storage;

public abstract partial class StorageContract
{
    [Fact]
    public async Task takes_one_object_from_many_at_once_and_shows_it_whole_or_not_at_all()
    {
        var bytes = RandomNumberGenerator.GetBytes(3_000_000);
        var (key, file) = (KeyOf(bytes), await FileOf(bytes));
        using var over = new CancellationTokenSource();
        var seen = 0;
        var looks = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                if (await Storage.Find(key, Ct) is not { } found) continue;
                found.Length.ShouldBe(bytes.Length);
                (await Read(key, bytes.Length - 10, 10)).ShouldBe(bytes[^10..]);
                Interlocked.Increment(ref seen);
            }
        }, Ct);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Storage.Put(key, file, Ct)));
        for (var tries = 0; Volatile.Read(ref seen) is 0 && !looks.IsCompleted && tries < 1200; tries++)
            await Task.Delay(50, Ct);
        await over.CancelAsync();

        await looks;
        seen.ShouldBeGreaterThan(0);
        (await List()).Count(stored => stored.Key == key).ShouldBe(1);
    }

    [Fact]
    public async Task answers_readers_rightly_or_with_a_miss_while_objects_are_deleted()
    {
        var put = new List<(StorageKey Key, byte[] Bytes)>();
        for (var n = 0; n < 20; n++) put.Add(await Put(200_000));

        var reads = Enumerable.Range(0, 4).Select(reader => Task.Run(async () =>
        {
            var random = new Random(reader);
            for (var missed = 0; missed < 20;)
            {
                var (key, bytes) = put[random.Next(put.Count)];
                var (from, count) = (random.Next(100_000), random.Next(1, 100_000));
                try
                {
                    (await Read(key, from, count)).ShouldBe(bytes.AsSpan(from, count).ToArray());
                }
                catch (StorageMissException)
                {
                    missed++;
                }
            }
        }, Ct)).ToList();
        foreach (var (key, _) in put) await Storage.Delete(key, Ct);

        await Task.WhenAll(reads);
    }
}

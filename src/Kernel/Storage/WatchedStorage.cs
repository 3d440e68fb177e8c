using System.Runtime.CompilerServices;

namespace Dlcs.Kernel.Storage;

/// <summary>Storage that tells the log what ails it, in one line for all who meet it.</summary>
public sealed class WatchedStorage(IStorage inner, Ailment ailment) : IStorage, IDisposable
{
    private const double SlowestBytesPerSecond = 1 << 20;

    public Task Put(StorageKey key, string file, CancellationToken ct) => Watch(
        async () =>
        {
            await inner.Put(key, file, ct);
            return true;
        },
        TimeSpan.FromSeconds(new FileInfo(file).Length / SlowestBytesPerSecond));

    public async ValueTask<StoredObject?> Find(StorageKey key, CancellationToken ct) =>
        await Watch(() => inner.Find(key, ct).AsTask());

    public ValueTask Read(StorageKey key, long offset, Memory<byte> into, CancellationToken ct)
    {
        var began = ailment.Now;
        var reading = inner.Read(key, offset, into, ct);
        return reading.IsCompletedSuccessfully ? reading : Watch(reading, began);
    }

    public Task<Stream> Open(StorageKey key, CancellationToken ct) => Watch(() => inner.Open(key, ct));

    public Task Delete(StorageKey key, CancellationToken ct) => Watch(async () =>
    {
        await inner.Delete(key, ct);
        return true;
    });

    public async IAsyncEnumerable<StoredObject> List([EnumeratorCancellation] CancellationToken ct)
    {
        await using var objects = inner.List(ct).GetAsyncEnumerator(ct);
        while (await Watch(() => objects.MoveNextAsync().AsTask())) yield return objects.Current;
    }

    public void Dispose() => (inner as IDisposable)?.Dispose();

    private async ValueTask Watch(ValueTask reading, long began)
    {
        try
        {
            await reading;
            ailment.Answers(began);
        }
        catch (StorageUnavailableException e)
        {
            ailment.Meets(e.Reason);
            throw;
        }
    }

    private async Task<T> Watch<T>(Func<Task<T>> act, TimeSpan allowed = default)
    {
        var began = ailment.Now;
        try
        {
            var answer = await act();
            ailment.Answers(began, allowed);
            return answer;
        }
        catch (StorageUnavailableException e)
        {
            ailment.Meets(e.Reason);
            throw;
        }
    }
}

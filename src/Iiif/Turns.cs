namespace Dlcs.Iiif;

/// <summary>So many at a time, and so many waiting; one more is turned away at once.</summary>
internal sealed class Turns(int parallel, int queue) : IDisposable
{
    private readonly SemaphoreSlim free = new(parallel);
    private int inside;

    /// <summary>Waits for its turn and does the work; answers <c>null</c> when too many wait already.</summary>
    /// <exception cref="OperationCanceledException">Time was up before its turn came.</exception>
    public async Task<T?> Take<T>(Func<Task<T>> work, CancellationToken ct) where T : class
    {
        try
        {
            if (Interlocked.Increment(ref inside) > parallel + queue) return null;

            await free.WaitAsync(ct);
            try
            {
                return await work();
            }
            finally
            {
                free.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref inside);
        }
    }

    public void Dispose() => free.Dispose();
}

using Dlcs.Iiif.ImageApi;

namespace Dlcs.Iiif;

/// <summary>
/// So many at a time, and <see cref="IiifSettings.Queue"/> waiting: one more is turned away at once, and what takes
/// longer than <see cref="IiifSettings.Deadline"/>, waiting and working together, is given up.
/// </summary>
internal sealed class Turns(int parallel, IiifSettings settings) : IDisposable
{
    private static readonly Refusal Busy =
        new(503, "Too much is being made just now; please ask again in a moment.");

    private static readonly Refusal Late =
        new(503, "This could not be made in time; please ask again, or for less.");

    private readonly SemaphoreSlim free = new(parallel);
    private int inside;

    /// <summary>Waits for its turn and does the work.</summary>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public async Task<Outcome<T>> Take<T>(Func<CancellationToken, Task<T>> work, CancellationToken aborted)
        where T : class
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        deadline.CancelAfter(settings.Deadline);
        try
        {
            return Interlocked.Increment(ref inside) > parallel + settings.Queue
                ? Busy : await InTurn(work, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            return Late;
        }
        finally
        {
            Interlocked.Decrement(ref inside);
        }
    }

    public void Dispose() => free.Dispose();

    private async Task<T> InTurn<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await free.WaitAsync(ct);
        try
        {
            return await work(ct);
        }
        finally
        {
            free.Release();
        }
    }
}

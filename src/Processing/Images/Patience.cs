using Dlcs.Kernel;

namespace Dlcs.Processing.Images;

/// <summary>
/// For what the log, PostgreSQL and the storage must do before anything else can: while they are away a worker waits
/// for them, with what it has in hand, instead of using up its tries.
/// </summary>
internal static class Patience
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <param name="waiting">Told once why it waits.</param>
    /// <exception cref="OperationCanceledException">They did not come back in time.</exception>
    public static async Task<T> Until<T>(
        Func<Task<T>> act, TimeProvider time, Action<Exception> waiting, CancellationToken ct)
    {
        for (var waits = false; ; waits = true)
        {
            try
            {
                return await act();
            }
            catch (Exception e) when (Database.IsAnEngines(e))
            {
                if (!waits) waiting(e);
                await Task.Delay(Pause, time, ct);
            }
        }
    }
}

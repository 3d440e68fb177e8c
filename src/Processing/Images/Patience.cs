using System.Data.Common;
using Dlcs.Kernel.Events;

namespace Dlcs.Processing.Images;

/// <summary>
/// For what the log and PostgreSQL must do before anything else can: while they are away a worker waits for them, with
/// what it has in hand, instead of using up its tries.
/// </summary>
internal static class Patience
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <exception cref="OperationCanceledException">They did not come back in time.</exception>
    public static async Task<T> Until<T>(Func<Task<T>> act, TimeProvider time, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await act();
            }
            catch (Exception e) when (e is LogUnavailableException or DbException { IsTransient: true })
            {
                await Task.Delay(Pause, time, ct);
            }
        }
    }
}

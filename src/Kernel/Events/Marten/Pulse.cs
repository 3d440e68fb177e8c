namespace Dlcs.Kernel.Events.Marten;

/// <summary>Wakes all who wait for more of the log.</summary>
internal sealed class Pulse
{
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the next beat. Whoever takes it before looking sleeps through nothing.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    public void Beat() =>
        Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}

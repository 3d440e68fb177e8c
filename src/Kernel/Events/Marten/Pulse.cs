namespace Dlcs.Kernel.Events.Marten;

/// <summary>Wakes all who wait for more of the log.</summary>
internal sealed class Pulse
{
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the next beat. Take it before looking at the log: what comes in between is then not slept through.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    public void Beat() =>
        Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}

namespace Dlcs.Processing.Images;

/// <summary>
/// How long one try may work. The time in which it waits for a store that is away does not count: that is no fault of
/// the image's, and no reason to give it up.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource source;
    private readonly TimeProvider time;
    private TimeSpan left;
    private long since;

    public Deadline(TimeSpan left, TimeProvider time)
    {
        (this.left, this.time, since) = (left, time, time.GetTimestamp());
        source = new(left, time);
    }

    public CancellationToken Token => source.Token;

    public bool IsOver => source.IsCancellationRequested;

    /// <summary>Acts on a store while the clock stands still; each act on a store has a deadline of its own.</summary>
    public async Task Stopped(Func<Task> act, Func<Func<Task>, CancellationToken, Task> wait, CancellationToken ct)
    {
        left -= time.GetElapsedTime(since);
        source.CancelAfter(Timeout.InfiniteTimeSpan);
        await wait(act, ct);
        since = time.GetTimestamp();
        source.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    public void Dispose() => source.Dispose();
}

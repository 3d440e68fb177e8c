using Microsoft.Extensions.Logging;

namespace Dlcs.Kernel;

/// <summary>
/// What ails an engine, in one line of the log for all the requests that meet it: when it begins, when it becomes
/// something else, once a minute while it lasts, and when it is over.
/// </summary>
/// <param name="engine">Begins each line, such as <c>The log</c>.</param>
public sealed class Ailment(string engine, ILogger logger, TimeProvider time)
{
    /// <summary>An answer that takes longer is worth a line.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);

    /// <summary>A store that is full still reads: one answer among failures does not end them.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    private readonly Lock access = new();
    private readonly Repetition repetition = new(time);
    private volatile bool ill;
    private long began;
    private long last;

    /// <summary>A request failed.</summary>
    /// <param name="reason">The same for all requests that meet the same; where to look, no secrets.</param>
    public void Meets(string reason)
    {
        lock (access)
        {
            last = time.GetTimestamp();
            if (!ill) (ill, began) = (true, last);
        }
        if (repetition.IsNew(reason)) logger.LogWarning("{Engine} cannot do its work: {Reason}", engine, reason);
    }

    /// <summary>A request was answered.</summary>
    /// <param name="began">When it was made, by the clock's timestamp.</param>
    /// <param name="allowed">How much longer than others it may take: it is large.</param>
    public void Answers(long began, TimeSpan allowed = default)
    {
        if (time.GetElapsedTime(began) > Slow + allowed) IsSlow();
        else if (ill) Recovers();
    }

    private void IsSlow() =>
        Meets(FormattableString.Invariant($"it is slow, answers take more than {Slow.TotalSeconds} s"));

    /// <summary>Tells that it is slow before it has answered at all.</summary>
    /// <returns>When it has, or has failed.</returns>
    public async Task Await(Task answer, CancellationToken ct)
    {
        if (await Task.WhenAny(answer, Task.Delay(Slow, time, ct)) != answer) IsSlow();
        await answer;
    }

    /// <summary>Now, for <see cref="Answers"/>.</summary>
    public long Now => time.GetTimestamp();

    private void Recovers()
    {
        double lasted;
        lock (access)
        {
            if (!ill || time.GetElapsedTime(last) < Calm) return;
            ill = false;
            lasted = time.GetElapsedTime(began, last).TotalSeconds;
            repetition.Forget();
        }
        logger.LogInformation("{Engine} works again, after {Seconds:0} s", engine, lasted);
    }
}

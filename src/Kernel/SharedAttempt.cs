namespace Dlcs.Kernel;

/// <summary>
/// What is made once, when it is first asked for. All who wait share one attempt; the first who comes after a failure
/// makes the next. It is made to its end, whoever gives up waiting.
/// </summary>
/// <param name="holds">For how long after it was begun; <c>null</c>: for ever.</param>
public sealed class SharedAttempt<T>(Func<Task<T>> make, TimeSpan? holds = null, TimeProvider? time = null)
{
    private readonly TimeProvider clock = time ?? TimeProvider.System;
    private readonly Lock gate = new();
    private Task<T>? made;
    private long begun;

    public async ValueTask<T> Get(CancellationToken ct)
    {
        Task<T> attempt;
        lock (gate)
        {
            if (made is null || (made.IsCompleted && IsOver(made))) (begun, made) = (clock.GetTimestamp(), make());
            attempt = made;
        }
        return await attempt.WaitAsync(ct);
    }

    private bool IsOver(Task<T> attempt) => !attempt.IsCompletedSuccessfully || clock.GetElapsedTime(begun) > holds;
}

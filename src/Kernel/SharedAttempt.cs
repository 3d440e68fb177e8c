namespace Dlcs.Kernel;

/// <summary>
/// What is made once, when it is first asked for. All who wait share one attempt; the first who comes after a failure
/// makes the next. It is made to its end, whoever gives up waiting.
/// </summary>
public sealed class SharedAttempt<T>(Func<Task<T>> make)
{
    private readonly Lock gate = new();
    private Task<T>? made;

    public async ValueTask<T> Get(CancellationToken ct)
    {
        Task<T> attempt;
        lock (gate) attempt = made is null or { IsFaulted: true } ? made = make() : made;
        return await attempt.WaitAsync(ct);
    }
}

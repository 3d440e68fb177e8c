using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>
/// Who owns the projections. A dead owner's place is free at once; the epoch is in every commit, so that an owner who
/// only believes it still is one changes nothing.
/// </summary>
internal sealed class Lease : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly AdvisoryLock held;

    private Lease(AdvisoryLock held, long epoch) => (this.held, Epoch) = (held, epoch);

    public long Epoch { get; }

    /// <summary>Waits until no one else has it.</summary>
    public static async Task<Lease> Take(ReadStore store, CancellationToken ct)
    {
        while (true)
        {
            if (await AdvisoryLock.Try(store, AdvisoryLock.OfProjector, ct) is { } held)
                return new(held, await Ask(
                    held.Connection, $"update {store.Schema}.lease set epoch = epoch + 1 returning epoch", ct));
            await Task.Delay(Pause, ct);
        }
    }

    /// <summary>In a transaction: nobody else may commit until it ends, if this is still the epoch.</summary>
    /// <exception cref="LeaseLostException">Another owner came.</exception>
    public async Task Hold(ReadStore store, NpgsqlConnection transaction, CancellationToken ct)
    {
        if (await Ask(transaction, $"select epoch from {store.Schema}.lease for share", ct) != Epoch)
            throw new LeaseLostException();
    }

    /// <summary>In a transaction: whoever owns the projections commits nothing until it ends.</summary>
    public static Task HoldStill(ReadStore store, NpgsqlConnection transaction, CancellationToken ct) =>
        Ask(transaction, $"select epoch from {store.Schema}.lease for update", ct);

    public ValueTask DisposeAsync() => held.DisposeAsync();

    private static async Task<long> Ask(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}

internal sealed class LeaseLostException() : Exception("another process took over the projections");

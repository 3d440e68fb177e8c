using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>
/// Who owns the projections of one store. A dead owner's place is free at once; the epoch is in every commit, so that
/// an owner who only believes it still is one changes nothing.
/// </summary>
internal sealed class Lease : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly AdvisoryLock held;
    private readonly string kept;

    private Lease(AdvisoryLock held, string kept, long epoch) => (this.held, this.kept, Epoch) = (held, kept, epoch);

    public long Epoch { get; }

    /// <summary>Waits until no one else has it.</summary>
    public static async Task<Lease> Take(ReadStore store, string kept, CancellationToken ct)
    {
        while (true)
        {
            if (await AdvisoryLock.Try(store, $"projecting {kept}", ct) is { } held)
                return await Begin(store, kept, held, ct);
            await Task.Delay(Pause, ct);
        }
    }

    /// <summary>An epoch of our own; where there is none the place is another's again.</summary>
    private static async Task<Lease> Begin(ReadStore store, string kept, AdvisoryLock held, CancellationToken ct)
    {
        try
        {
            return new(held, kept, await Ask(held.Connection, $"""
                insert into {store.Schema}.leases as lease values ('{kept}', 1)
                on conflict (kept) do update set epoch = lease.epoch + 1 returning epoch
                """, ct));
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <summary>In a transaction: nobody else may commit until it ends, if this is still the epoch.</summary>
    /// <exception cref="LeaseLostException">Another owner came.</exception>
    public async Task Hold(ReadStore store, NpgsqlConnection transaction, CancellationToken ct)
    {
        if (await Ask(transaction, $"{Select(store, kept)} for share", ct) != Epoch)
            throw new LeaseLostException();
    }

    /// <summary>In a transaction: whoever owns the projections commits nothing until it ends.</summary>
    public static Task HoldStill(
        ReadStore store, string kept, NpgsqlConnection transaction, CancellationToken ct) =>
        Ask(transaction, $"{Select(store, kept)} for update", ct);

    public ValueTask DisposeAsync() => held.DisposeAsync();

    private static string Select(ReadStore store, string kept) =>
        $"select epoch from {store.Schema}.leases where kept = '{kept}'";

    private static async Task<long> Ask(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct) is long epoch ? epoch : 0; // nobody ever owned them
    }
}

internal sealed class LeaseLostException() : Exception("another process took over the projections");

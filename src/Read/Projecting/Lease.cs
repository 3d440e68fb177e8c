using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>
/// Who owns the projections. The lock ends with its connection, so that a dead owner's place is free at once; the
/// epoch is in every commit, so that an owner who only believes it still is one changes nothing.
/// </summary>
internal sealed class Lease : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly NpgsqlConnection connection;

    private Lease(NpgsqlConnection connection, long epoch) => (this.connection, Epoch) = (connection, epoch);

    public long Epoch { get; }

    /// <summary>Waits until no one else has it.</summary>
    public static async Task<Lease> Take(ReadStore store, CancellationToken ct)
    {
        var connection = await store.Database.OpenConnectionAsync(ct);
        try
        {
            // A machine that vanished without a word is noticed within half a minute.
            await Execute(connection, "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3", ct);
            while (!(bool)(await Execute(connection, $"select pg_try_advisory_lock(hashtext('{store.Schema}'), 1)", ct))!)
                await Task.Delay(Pause, ct);
            return new(connection, (long)(await Execute(
                connection, $"update {store.Schema}.lease set epoch = epoch + 1 returning epoch", ct))!);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>In a transaction: nobody else may commit until it ends, if this is still the epoch.</summary>
    /// <exception cref="LeaseLostException">Another owner came.</exception>
    public async Task Hold(ReadStore store, NpgsqlConnection transaction, CancellationToken ct)
    {
        var epoch = (long)(await Execute(transaction, $"select epoch from {store.Schema}.lease for share", ct))!;
        if (epoch != Epoch) throw new LeaseLostException();
    }

    /// <summary>In a transaction: whoever owns the projections commits nothing until it ends.</summary>
    public static Task HoldStill(ReadStore store, NpgsqlConnection transaction, CancellationToken ct) =>
        Execute(transaction, $"select epoch from {store.Schema}.lease for update", ct);

    public ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearPool(connection);
        return connection.DisposeAsync();
    }

    private static async Task<object?> Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }
}

internal sealed class LeaseLostException() : Exception("another process took over the projections");

using Npgsql;

namespace Dlcs.Kernel.Events.Marten;

/// <summary>
/// Numbers are drawn in one order and committed in another, and some never. A number that is missing below a visible
/// one is dead when no transaction is open that could still commit it: whoever draws from a sequence holds a lock on
/// it until its transaction ends, and had it before that visible number was drawn.
/// </summary>
internal sealed class Gaps(NpgsqlDataSource source, LogSettings settings) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly string highest = $"select coalesce(max(seq_id), 0) from {settings.Table("mt_events")}";
    private readonly string holders =
        $"""
        select virtualtransaction from pg_locks
        where locktype = 'relation' and mode = 'RowExclusiveLock' and granted
        and database = (select oid from pg_database where datname = current_database())
        and relation = '{settings.Table("mt_events_sequence")}'::regclass
        """;

    private long settled;

    /// <summary>Of the numbers up to this one, a page read from now on shows all that will ever be there.</summary>
    public long Settled => Volatile.Read(ref settled);

    /// <summary>The log may be another: one that was restored draws the same numbers again.</summary>
    public void Forget() => Volatile.Write(ref settled, 0);

    public void Dispose() => gate.Dispose();

    /// <summary>Waits for the transactions that were open when a number beyond the gap was seen.</summary>
    /// <param name="number">Below a number that was seen.</param>
    public async Task Settle(long number, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            if (Settled >= number) return;
            var (through, open) = await Look(ct);
            for (var waited = 1; open.Count > 0; waited++)
            {
                await Task.Delay(Math.Min(waited, 10), ct);
                open.IntersectWith(await Holders(ct));
            }
            Volatile.Write(ref settled, through);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Whether it is settled without waiting.</summary>
    public async Task<bool> TrySettle(long number, CancellationToken ct)
    {
        if (!gate.Wait(0, CancellationToken.None)) return false;
        try
        {
            if (Settled >= number) return true;
            var (through, open) = await Look(ct);
            if (open.Count > 0) return false;
            Volatile.Write(ref settled, through);
            return true;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>First what is visible, then who is open: never the other way round.</summary>
    private async Task<(long Through, HashSet<string> Open)> Look(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(highest), new(holders) } };
        await using var rows = await batch.ExecuteReaderAsync(ct);
        await rows.ReadAsync(ct);
        var through = rows.GetInt64(0);
        await rows.NextResultAsync(ct);
        return (through, await Names(rows, ct));
    }

    private async Task<HashSet<string>> Holders(CancellationToken ct)
    {
        await using var command = source.CreateCommand(holders);
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await Names(rows, ct);
    }

    private static async Task<HashSet<string>> Names(NpgsqlDataReader rows, CancellationToken ct)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(ct)) names.Add(rows.GetString(0));
        return names;
    }
}

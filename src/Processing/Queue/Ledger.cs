using Dlcs.Kernel.Events;
using Npgsql;

namespace Dlcs.Processing.Queue;

/// <summary>
/// The dispatcher's memory: how far the log is dispatched, and whose turn is when. It holds the session that owns the
/// dispatching. Who has it, is alone; when the session ends, for whatever reason, the next one gets it at once, and
/// nothing can be committed any more by whoever believed to have it.
/// </summary>
internal sealed class Ledger : IAsyncDisposable
{
    private readonly NpgsqlConnection session;
    private readonly LedgerSql sql;
    private readonly Guid log;

    private Ledger(NpgsqlConnection session, LedgerSql sql, Guid log) =>
        (this.session, this.sql, this.log) = (session, sql, log);

    /// <summary>All up to here is dispatched.</summary>
    public Checkpoint Reached { get; private set; }

    /// <summary>Takes the ledger, when nobody else has it.</summary>
    /// <param name="log">Whose positions count; the ledger of another log begins anew.</param>
    public static async Task<Ledger?> Take(NpgsqlDataSource source, string schema, Guid log, CancellationToken ct)
    {
        var ledger = new Ledger(await source.OpenConnectionAsync(ct), new(schema), log);
        var taken = false;
        try
        {
            if (!await LedgerSql.TryLock(ledger.session, schema, ct)) return null;

            ledger.Reached = await ledger.sql.Begin(ledger.session, log, ct);
            taken = true;
            return ledger;
        }
        finally
        {
            if (!taken) await ledger.DisposeAsync();
        }
    }

    /// <summary>Puts work into its lanes and moves on, both or none.</summary>
    public async Task Commit(IReadOnlyList<WaitingEnvelope> work, Checkpoint through, CancellationToken ct)
    {
        await using var transaction = await session.BeginTransactionAsync(ct);
        foreach (var lane in work.GroupBy(w => w.Lane)) await Queue(lane.Key, [.. lane], ct);
        await sql.Advance(session, log, Reached.Position, through, ct);
        await transaction.CommitAsync(ct);
        Reached = through;
    }

    /// <summary>Goes back to the start of the log.</summary>
    public async Task BeginAnew(CancellationToken ct)
    {
        await sql.Advance(session, log, Reached.Position, Checkpoint.Start, ct);
        Reached = Checkpoint.Start;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await LedgerSql.Unlock(session); // closing alone gives it back to the pool, lock and all
        }
        catch (NpgsqlException)
        {
            // The session is gone, and the lock with it.
        }
        await session.DisposeAsync();
    }

    private async Task Queue(string lane, IReadOnlyList<WaitingEnvelope> work, CancellationToken ct)
    {
        var (now, last) = await sql.ReadTurns(session, lane, ct);
        var turns = Turns.Take(now, last, work.Select(w => w.Customer));
        await sql.WriteTurns(session, lane, now, last, ct);
        await sql.Insert(session, lane, work, turns, ct);
    }
}

using System.Text.RegularExpressions;
using Dlcs.Kernel.Events;
using Dlcs.Processing.Images;
using Npgsql;
using NpgsqlTypes;

namespace Dlcs.Processing.Queue;

/// <summary>The ledger's tables, next to Wolverine's.</summary>
internal sealed partial class LedgerSql
{
    /// <summary>
    /// Virtual times begin here. What Wolverine puts back into a lane (a retry whose pause is over) carries the clock's
    /// time, so it goes before all that waits for its first try: it has waited, and its tries are few.
    /// </summary>
    private const string Epoch = "timestamptz '3000-01-01 00:00Z'";

    /// <exception cref="ArgumentException">No name for a schema.</exception>
    public LedgerSql(string schema) => Schema = SchemaName().IsMatch(schema)
        ? schema
        : throw new ArgumentException($"'{schema}' is no schema name: lower-case letters, digits, _", nameof(schema));

    /// <summary>Safe to stand in a statement.</summary>
    public string Schema { get; }

    /// <summary>Ends with the session.</summary>
    public static async Task<bool> TryLock(NpgsqlConnection session, string schema, CancellationToken ct)
    {
        await Execute(session, Kernel.Database.WatchesItsClient, ct);
        await using var command = new NpgsqlCommand(
            "select pg_try_advisory_lock(hashtext('dlcs dispatching'), hashtext($1))", session)
        { Parameters = { new() { Value = schema } } };
        return await command.ExecuteScalarAsync(ct) is true;
    }

    public static async Task Unlock(NpgsqlConnection session)
    {
        if (session.State is System.Data.ConnectionState.Open)
            await Execute(session, "select pg_advisory_unlock_all()", CancellationToken.None);
    }

    /// <summary>Makes the tables when they are missing, and says where to go on.</summary>
    /// <returns>With its event, if that was noted with this position: an older program moves on without.</returns>
    public async Task<Checkpoint> Begin(NpgsqlConnection session, Guid log, CancellationToken ct)
    {
        await Execute(session, $"""
            create table if not exists {Schema}.dispatching (
                single boolean primary key default true check (single), log uuid not null, position bigint not null);
            alter table {Schema}.dispatching
                add column if not exists last uuid, add column if not exists last_for bigint;
            create table if not exists {Schema}.turns (
                lane text not null, customer int not null, last bigint not null, primary key (lane, customer))
            """, ct);
        await using var command = new NpgsqlCommand($"""
            insert into {Schema}.dispatching as d (log, position) values ($1, $2)
            on conflict (single) do update set log = $1, position = case d.log when $1 then d.position else $2 end
            returning position, case when last_for = position then last end
            """, session)
        { Parameters = { new() { Value = log }, new() { Value = Position.Start.Value } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new(new(reader.GetInt64(0)), await reader.IsDBNullAsync(1, ct) ? null : reader.GetGuid(1));
    }

    public async Task Advance(NpgsqlConnection session, Guid log, Position from, Checkpoint to, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
            update {Schema}.dispatching set position = $3, last = $4, last_for = $3 where log = $1 and position = $2
            """, session)
        {
            Parameters =
            {
                new() { Value = log }, new() { Value = from.Value }, new() { Value = to.Position.Value },
                new() { Value = (object?)to.Last ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            },
        };
        if (await command.ExecuteNonQueryAsync(ct) is not 1)
            throw new InvalidOperationException("another dispatcher has moved on; this one starts again");
    }

    /// <summary>A lane's virtual time is its first waiting turn; when nothing waits, the last turn there was.</summary>
    public async Task<(long Now, Dictionary<int, long> Last)> ReadTurns(
        NpgsqlConnection session, string lane, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select null::int, (extract(epoch from min(timestamp) - {Epoch}) * 1000000)::bigint
            from {Schema}.wolverine_queue_{lane} where timestamp >= {Epoch}
            union all
            select customer, last from {Schema}.turns where lane = $1
            """, session)
        { Parameters = { new() { Value = lane } } };
        long? first = null;
        var last = new Dictionary<int, long>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (!await reader.IsDBNullAsync(0, ct)) last[reader.GetInt32(0)] = reader.GetInt64(1);
            else if (!await reader.IsDBNullAsync(1, ct)) first = reader.GetInt64(1);
        }
        return (first ?? last.Values.DefaultIfEmpty(0).Max(), last);
    }

    /// <summary>Turns that lie in the past say nothing any more.</summary>
    public async Task WriteTurns(
        NpgsqlConnection session, string lane, long now, Dictionary<int, long> last, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            with written as (
                insert into {Schema}.turns (lane, customer, last) select $1, c, l from unnest($2, $3) as t (c, l)
                where l >= $4 on conflict (lane, customer) do update set last = excluded.last)
            delete from {Schema}.turns where lane = $1 and last < $4 and customer <> all ($2)
            """, session)
        {
            Parameters =
            {
                new() { Value = lane },
                new() { Value = last.Where(l => l.Value >= now).Select(l => l.Key).ToArray() },
                new() { Value = last.Where(l => l.Value >= now).Select(l => l.Value).ToArray() },
                new() { Value = now },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Puts rows as Wolverine's sender does, but with a turn for a time, and wakes the listeners.</summary>
    public async Task Insert(
        NpgsqlConnection session, string lane, IReadOnlyList<WaitingEnvelope> work, IReadOnlyList<long> turns,
        CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            insert into {Schema}.wolverine_queue_{lane} (id, body, message_type, timestamp)
            select id, body, $1, {Epoch} + turn * interval '1 microsecond'
            from unnest($2, $3, $4) as w (id, body, turn)
            on conflict (id) do nothing
            """, session)
        {
            Parameters =
            {
                new() { Value = ProcessImage.Name },
                new() { Value = work.Select(w => w.Id).ToArray() },
                new() { Value = work.Select(w => w.Body).ToArray() },
                new() { Value = turns.ToArray() },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
        await Execute(session, Wake(Schema, lane), ct);
    }

    /// <summary>What makes the lane's listeners look at once.</summary>
    public static string Wake(string schema, string lane) =>
        $"select pg_notify('wolverine_queue_wakeup', '{schema}.wolverine_queue_{lane}')";

    private static async Task Execute(NpgsqlConnection session, string text, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(text, session);
        await command.ExecuteNonQueryAsync(ct);
    }

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,40}$")]
    private static partial Regex SchemaName();
}

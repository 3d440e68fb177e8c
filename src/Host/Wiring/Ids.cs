using System.Globalization;
using Dlcs.Kernel.Events;
using Npgsql;

namespace Dlcs.Host.Wiring;

/// <summary>
/// What the write side keeps in PostgreSQL beside the log: hints of the next free number, and how far those have come
/// who follow the log. Both may be lost: numbers are won in the log, and following again changes nothing.
/// </summary>
public sealed class Ids(NpgsqlDataSource database, string schema)
{
    private volatile bool ready;

    /// <summary>Another number with each call, from 1 on, in order.</summary>
    public async Task<int> Next(string kind, int customer, CancellationToken ct) => (int)(await Ask($"""
        insert into {schema}.hints as h values ($1, $2, 1)
        on conflict (kind, customer) do update set value = h.value + 1 returning value
        """, [kind, customer], ct))!;

    /// <summary>How far a follower has come in that log; the start when it never came anywhere.</summary>
    /// <remarks>With its event if that was noted with the position: an older program moves on without.</remarks>
    public async Task<Checkpoint> Load(string follower, Guid log, CancellationToken ct) => await Ask($"""
        select array[position::text, case when last_for = position then last::text end]
        from {schema}.checkpoints where follower = $1 and log = $2
        """, [follower, log], ct) is not string?[] kept ? Checkpoint.Start : new(
            new(long.Parse(kept[0]!, CultureInfo.InvariantCulture)), kept[1] is { } last ? Guid.Parse(last) : null);

    /// <summary>Keeps the checkpoint when it is further than what is kept.</summary>
    public Task Save(string follower, Guid log, Checkpoint checkpoint, CancellationToken ct) => Ask($"""
        insert into {schema}.checkpoints as c (follower, log, position, last, last_for) values ($1, $2, $3, $4, $3)
        on conflict (follower, log) do update
        set position = excluded.position, last = excluded.last, last_for = excluded.last_for
        where c.position < excluded.position
        """, [follower, log, checkpoint.Position.Value, (object?)checkpoint.Last ?? DBNull.Value], ct);

    private async Task<object?> Ask(string sql, object[] values, CancellationToken ct)
    {
        if (!ready) await Prepare(ct);
        await using var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync(ct);
    }

    private async Task Prepare(CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            do $$ begin
                perform pg_advisory_xact_lock(hashtext('{schema}'));
                create schema if not exists {schema};
                create table if not exists {schema}.hints (
                    kind text, customer int, value int not null, primary key (kind, customer));
                create table if not exists {schema}.checkpoints (
                    follower text, log uuid, position bigint not null, primary key (follower, log));
                alter table {schema}.checkpoints
                    add column if not exists last uuid, add column if not exists last_for bigint;
            end $$
            """);
        await command.ExecuteNonQueryAsync(ct);
        ready = true;
    }
}

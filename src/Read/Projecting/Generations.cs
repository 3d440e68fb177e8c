using Dlcs.Kernel.Events;
using Npgsql;
using NpgsqlTypes;

namespace Dlcs.Read.Projecting;

/// <summary>The table of generations: what is live, how far it is, whose events it holds.</summary>
internal static class Generations
{
    /// <summary>
    /// The last event, where it was noted with this position: a program that knows nothing of it moves on without. One
    /// that only reads may come before the columns do.
    /// </summary>
    private const string Noted =
        "case when (to_jsonb(g) ->> 'last_for')::bigint = position then (to_jsonb(g) ->> 'last')::uuid end";

    public static async Task EnsureSchema(ReadStore store, Guid log, CancellationToken ct)
    {
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Execute(connection, $"""
            select pg_advisory_xact_lock(hashtext('{store.Schema}'));
            create schema if not exists {store.Schema};
            create table if not exists {store.Schema}.generations (
                view text, generation int, live boolean not null, version int not null, log uuid not null,
                position bigint not null, digest bytea not null, parked text, primary key (view, generation));
            create table if not exists {store.Schema}.leases (kept text primary key, epoch bigint not null);
            do $$ begin
                if not exists (select from pg_attribute where attname = 'kept'
                    and attrelid = '{store.Schema}.generations'::regclass) then
                    alter table {store.Schema}.generations
                        add kept text not null default '{ReadStore.Postgres}', add shown bigint;
                end if;
                if not exists (select from pg_attribute where attname = 'last'
                    and attrelid = '{store.Schema}.generations'::regclass) then
                    alter table {store.Schema}.generations add last uuid, add last_for bigint;
                end if;
            end $$;
            """, ct);

        var live = (await Live(connection, store.Schema, ct)).ToDictionary(g => g.View);
        foreach (var projection in store.Projections.Where(p => !live.ContainsKey(p.Name)))
        {
            var generation = await Add(projection, log, live: true, store, connection, ct);
            if (!projection.CommitsTogether) continue; // its store may be away: whoever feeds it makes it
            await projection.Create(generation, connection, ct);
            await projection.Index(generation.Number, [connection], ct);
        }
        await transaction.CommitAsync(ct);
    }

    public static async Task<IReadOnlyList<Generation>> Live(
        NpgsqlConnection connection, string schema, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select view, generation, version, log, position, digest, parked, kept, coalesce(shown, position),
                {Noted}
            from {schema}.generations g where live order by view
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var all = new List<Generation>();
        while (await reader.ReadAsync(ct))
        {
            all.Add(new(
                reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetGuid(3),
                new(reader.GetInt64(4)), Digest.FromBytes(reader.GetFieldValue<byte[]>(5)),
                await reader.IsDBNullAsync(6, ct) ? null : reader.GetString(6))
            {
                Kept = reader.GetString(7),
                Shown = new(reader.GetInt64(8)),
                Last = await reader.IsDBNullAsync(9, ct) ? null : reader.GetGuid(9),
            });
        }
        return all;
    }

    /// <summary>A new generation at the start of the log, with nothing behind it yet.</summary>
    public static async Task<Generation> Add(
        Projection projection, Guid log, bool live, ReadStore store, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            insert into {store.Schema}.generations (
                view, generation, live, version, log, position, digest, kept, shown)
            select $1, coalesce(max(generation), 0) + 1, $2, $3, $4, $5, $6, $7, $8
            from {store.Schema}.generations where view = $1 returning generation
            """, connection)
        {
            Parameters =
            {
                new() { Value = projection.Name }, new() { Value = live }, new() { Value = projection.Version },
                new() { Value = log }, new() { Value = Position.Start.Value },
                new() { Value = default(Digest).ToBytes() }, new() { Value = projection.Kept },
                new()
                {
                    Value = projection.CommitsTogether ? DBNull.Value : Position.Start.Value,
                    NpgsqlDbType = NpgsqlDbType.Bigint,
                },
            },
        };
        var number = (int)(await command.ExecuteScalarAsync(ct))!;
        return new(projection.Name, number, projection.Version, log, Position.Start, default, null)
        { Kept = projection.Kept };
    }

    /// <summary>Notes how far a generation is.</summary>
    /// <returns><c>false</c>: it is not (or is) the live one any more.</returns>
    public static async Task<bool> Advance(
        Generation generation, bool live, ReadStore store, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            update {store.Schema}.generations
            set position = $3, digest = $4, parked = $5, last = $7, last_for = $3
            where view = $1 and generation = $2 and live = $6
            """, connection)
        {
            Parameters =
            {
                new() { Value = generation.View }, new() { Value = generation.Number },
                new() { Value = generation.Position.Value }, new() { Value = generation.Digest.ToBytes() },
                new() { Value = (object?)generation.Parked ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = live },
                new() { Value = (object?)generation.Last ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            },
        };
        return await command.ExecuteNonQueryAsync(ct) is 1;
    }

    /// <summary>Notes how far queries show generations that are slower to show than to take.</summary>
    public static Task Show(
        IEnumerable<Generation> generations, ReadStore store, NpgsqlConnection connection, CancellationToken ct) =>
        Execute(connection, string.Concat(generations.Select(g => FormattableString.Invariant($"""
            update {store.Schema}.generations set shown = {g.Position.Value}
            where view = '{g.View}' and generation = {g.Number};
            """))), ct);

    public static Task Remove(
        string view, int generation, ReadStore store, NpgsqlConnection connection, CancellationToken ct) => Execute(
        connection, $"delete from {store.Schema}.generations where view = '{view}' and generation = {generation}", ct);

    /// <summary>Held while one rebuilds: a second would take the first one's tables for leftovers.</summary>
    /// <exception cref="RebuildRefusedException">Another rebuild is going on.</exception>
    public static async Task<AdvisoryLock> RebuildAlone(ReadStore store, CancellationToken ct) =>
        await AdvisoryLock.Try(store, "rebuilding", ct)
            ?? throw new RebuildRefusedException("Another rebuild is going on: wait for it, or stop it.");

    /// <summary>Generations that no query reads.</summary>
    public static async Task<IReadOnlyList<int>> NotLive(
        string view, ReadStore store, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select generation from {store.Schema}.generations where view = $1 and not live", connection)
        { Parameters = { new() { Value = view } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var all = new List<int>();
        while (await reader.ReadAsync(ct)) all.Add(reader.GetInt32(0));
        return all;
    }

    public static Task MakeLive(
        string view, int generation, ReadStore store, NpgsqlConnection connection, CancellationToken ct) => Execute(
        connection,
        $"update {store.Schema}.generations set live = (generation = {generation}) where view = '{view}'", ct);

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}

using System.Text;
using Dlcs.Kernel.Events;
using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>The tables of one generation of a view: its documents and, where it keeps versions, its history.</summary>
/// <param name="generation">Part of the tables' names, so that generations live side by side.</param>
internal sealed class ViewTable<TView>(ViewDefinition<TView> definition, string schema, int generation)
    where TView : class, IView<TView>
{
    private static readonly (string, string)[] Own =
        [("key", "text collate \"C\""), ("from_pos", "bigint"), ("from_at", "timestamptz"), ("doc", "text")];

    private static readonly (string, string)[] End = [("to_pos", "bigint"), ("to_at", "timestamptz")];

    /// <summary>Rows that fit on a page are kept as they are: compressing costs more than it saves.</summary>
    private const string Whole = "with (toast_tuple_target = 8160)";

    private readonly string[] names = [.. Own.Select(c => c.Item1), .. definition.Columns.Select(c => c.Name)];

    public string Current { get; } = $"{schema}.{definition.Name}_{generation}";

    public string History { get; } = $"{schema}.{definition.Name}_{generation}_was";

    /// <summary>How many current documents each group has.</summary>
    public string Counts { get; } = $"{schema}.{definition.Name}_{generation}_count";

    /// <summary>What held at a position, as a query: the versions that were there then, current or not.</summary>
    /// <param name="position">A parameter, such as <c>$2</c>.</param>
    public string AsOf(string position)
    {
        var own = string.Join(", ", definition.Columns.Select(c => c.Name));
        return $"""
            (select key, doc, {own} from {Current} where from_pos <= {position}
            union all
            select key, doc, {own} from {History} where from_pos <= {position} and to_pos > {position}) as documents
            """;
    }

    /// <summary>
    /// Where the latest change stands that was recorded at or before a time, as a query; of a view that keeps versions.
    /// </summary>
    /// <param name="time">A parameter, such as <c>$1</c>.</param>
    public string At(string time) => $"""
        select pos from (
            (select from_at as at, from_pos as pos from {Current}
                where from_at <= {time} order by 1 desc, 2 desc limit 1)
            union all
            (select from_at, from_pos from {History} where from_at <= {time} order by 1 desc, 2 desc limit 1)
            union all
            (select to_at, to_pos from {History} where to_at <= {time} order by 1 desc, 2 desc limit 1)
        ) as moments order by at desc, pos desc limit 1
        """;

    public Task Create(NpgsqlConnection connection, CancellationToken ct)
    {
        var all = Own.Concat(definition.Columns.Select(c => (c.Name, c.Sql))).ToList();
        var sql = $"create table {Current} ({Columns(all)}) {Whole};";
        if (definition.KeepsHistory) sql += $"create table {History} ({Columns(all.Concat(End))}) {Whole};";
        if (definition.Groups is not null)
            sql += $"create table {Counts} (name text primary key, count bigint not null);";
        return Execute(connection, sql, ct);
    }

    public Task Drop(NpgsqlConnection connection, CancellationToken ct) =>
        Execute(connection, $"drop table if exists {Current}, {History}, {Counts}", ct);

    public async Task Load(
        Folding<TView> folding, IReadOnlyList<string> keys, NpgsqlConnection connection, CancellationToken ct)
    {
        if (keys is []) return;
        await using var command = new NpgsqlCommand(
            $"select key, from_pos, from_at, doc from {Current} where key = any($1)", connection)
        { Parameters = { new() { Value = keys.ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rest = keys.ToHashSet(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            var key = reader.GetString(0);
            rest.Remove(key);
            var (from, at) = (new Position(reader.GetInt64(1)), reader.GetFieldValue<DateTimeOffset>(2));
            folding.Hold(key, reader.GetFieldValue<byte[]>(3), from, at);
        }
        foreach (var key in rest) folding.Hold(key, null, Position.Start, default);
    }

    /// <summary>Counts what came and went in each group.</summary>
    public NpgsqlBatchCommand Grow(IReadOnlyDictionary<string, long> counts) => new($"""
        insert into {Counts} as c select * from unnest($1, $2)
        on conflict (name) do update set count = c.count + excluded.count
        """)
    { Parameters = { new() { Value = counts.Keys.ToArray() }, new() { Value = counts.Values.ToArray() } } };

    /// <summary>In one round trip: closes versions, removes what is gone, writes what is there.</summary>
    public async Task Write(Changes<TView> changes, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var closed in changes.Closed) batch.BatchCommands.Add(Insert(History, closed.Document, closed));
        foreach (var document in changes.Current) batch.BatchCommands.Add(Upsert(document));
        if (changes.Counts.Count > 0) batch.BatchCommands.Add(Grow(changes.Counts));
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
    }

    private NpgsqlBatchCommand Upsert(Document<TView> document)
    {
        if (document.View is null)
            return new($"delete from {Current} where key = $1") { Parameters = { new() { Value = document.Key } } };

        var set = string.Join(", ", names.Skip(1).Select(c => $"{c} = excluded.{c}"));
        var command = Insert(Current, document, null);
        command.CommandText += $" on conflict (key) do update set {set}";
        return command;
    }

    private NpgsqlBatchCommand Insert(string table, Document<TView> document, Closed<TView>? end)
    {
        var names = Names(history: end is not null);
        var command = new NpgsqlBatchCommand($"""
            insert into {table} ({string.Join(", ", names)})
            values ({string.Join(", ", names.Select((_, i) => $"${i + 1}"))})
            """);
        command.Parameters.Add(new() { Value = document.Key });
        command.Parameters.Add(new() { Value = document.From.Value });
        command.Parameters.Add(new() { Value = document.At });
        command.Parameters.Add(Column.Unread(Encoding.UTF8.GetString(document.Json!)));
        foreach (var column in definition.Columns) command.Parameters.Add(column.Parameter(document.View!));
        if (end is null) return command;
        command.Parameters.Add(new() { Value = end.To.Value });
        command.Parameters.Add(new() { Value = end.ToAt });
        return command;
    }

    /// <summary>The columns of the table, or of its history.</summary>
    public IReadOnlyList<string> Names(bool history) => history ? [.. names, .. End.Select(c => c.Item1)] : names;

    /// <summary>A row's values, in the order of its columns.</summary>
    /// <param name="end">Of a row of the history.</param>
    /// <returns>How the digest moves: by a document whose bytes are made now.</returns>
    public Digest Copy(Document<TView> document, Closed<TView>? end, CopyRows row)
    {
        var moved = default(Digest);
        row.Text(document.Key);
        row.Number(document.From.Value);
        row.Time(document.At);
        if (document.Json is { } json) row.Text(json);
        else moved = Digest.Of(document.Key, row.Json(document.View!, definition.Json));
        foreach (var column in definition.Columns) column.Copy(document.View!, row);
        if (end is null) return moved;
        row.Number(end.To.Value);
        row.Time(end.ToAt);
        return moved;
    }

    private static string Columns(IEnumerable<(string Name, string Sql)> columns) =>
        string.Join(", ", columns.Select(c => $"{c.Name} {c.Sql}"));

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}

using Dlcs.Kernel.Events;
using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>A view that is kept in PostgreSQL.</summary>
internal sealed class PostgresProjection<TView>(ViewDefinition<TView> definition, string schema)
    : Projection(definition.Name, definition.Version, ReadStore.Postgres) where TView : class, IView<TView>
{
    public override Task Create(Generation generation, NpgsqlConnection connection, CancellationToken ct) =>
        Table(generation.Number).Create(connection, ct);

    public override Task Key(int generation, NpgsqlConnection connection, CancellationToken ct) =>
        Indexing.Key(Table(generation), connection, ct);

    public override Task Index(int generation, IReadOnlyList<NpgsqlConnection> connections, CancellationToken ct) =>
        Indexing.Make(definition, Table(generation), connections, ct);

    public override Task Drop(int generation, NpgsqlConnection connection, CancellationToken ct) =>
        Table(generation).Drop(connection, ct);

    public override Feeding Feed(int generation) => new PostgresFeeding(
        definition, Table(generation), new TableCopy<TView>(Table(generation)));

    public override async Task<IReadOnlyList<string>> Differences(
        int one, int other, int atMost, NpgsqlConnection connection, CancellationToken ct)
    {
        var (a, b) = (Table(one), Table(other));
        var past = definition.KeepsHistory ? $"union {Differ(a.History, b.History, "key, from_pos, to_pos")}" : "";
        await using var command = new NpgsqlCommand(
            $"{Differ(a.Current, b.Current, "key")} {past} order by 1 limit $1", connection)
        { Parameters = { new() { Value = atMost } }, CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var keys = new List<string>();
        while (await reader.ReadAsync(ct)) keys.Add(reader.GetString(0));
        return keys;
    }

    private static string Differ(string one, string other, string by) => $"""
        select key from {one} a full join {other} b using ({by}) where a.doc::text is distinct from b.doc::text
        """;

    private ViewTable<TView> Table(int generation) => new(definition, schema, generation);

    private sealed class PostgresFeeding(
        ViewDefinition<TView> definition, ViewTable<TView> table, TableCopy<TView> copy) : Feeding<TView>(definition)
    {
        public override Task Load(
            IReadOnlyList<LogEntry> entries, Position after, NpgsqlConnection connection, CancellationToken ct) =>
            table.Load(Folding, Folding.Missing(entries), connection, ct);

        public override Task<Written> Write(Checkpoint through, NpgsqlConnection connection, CancellationToken ct) =>
            Take(changes => table.Write(changes, connection, ct));

        public override Task<Written> Replace(Checkpoint through, NpgsqlConnection connection, CancellationToken ct) =>
            Take(changes => copy.Replace(changes, connection, ct));

        public override Task<Digest> Copy(Checkpoint through, NpgsqlDataSource database, CancellationToken ct) =>
            copy.Fill(Folding.LetGo(), database, ct);

        public override Task<Digest> CopyClosed(NpgsqlDataSource database, CancellationToken ct) =>
            copy.Close(Folding.LetClosedGo(), database, ct);
    }
}

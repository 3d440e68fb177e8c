using System.Collections.Concurrent;
using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>Makes the indexes of a view's tables, once those are filled.</summary>
internal static class Indexing
{
    /// <param name="connections">
    /// As many indexes are made at a time. That is parallel enough: workers of PostgreSQL's own beside them took half
    /// as much processor time again, and a third longer.
    /// </param>
    public static async Task Make<TView>(
        ViewDefinition<TView> definition, ViewTable<TView> table, IReadOnlyList<NpgsqlConnection> connections,
        CancellationToken ct) where TView : class, IView<TView>
    {
        await Key(table, connections[0], ct);
        var rest = new ConcurrentQueue<string>(Statements(definition, table));
        await Task.WhenAll(connections.Select(async connection =>
        {
            await Execute(
                connection,
                """
                set maintenance_work_mem = '128MB';
                set max_parallel_maintenance_workers = 0;
                set synchronous_commit = off
                """,
                ct);
            while (rest.TryDequeue(out var statement)) await Execute(connection, statement, ct);
        }));
    }

    /// <summary>The one index that writing needs.</summary>
    public static Task Key<TView>(ViewTable<TView> table, NpgsqlConnection connection, CancellationToken ct)
        where TView : class, IView<TView> => Execute(
        connection, $"create unique index if not exists {Name(table)}_by_key on {table.Current} (key)", ct);

    private static string Name<TView>(ViewTable<TView> table) where TView : class, IView<TView> =>
        table.Current[(table.Current.IndexOf('.') + 1)..];

    /// <summary>What is current is analysed, once it has its indexes, while the history gets its own.</summary>
    private static IEnumerable<string> Statements<TView>(ViewDefinition<TView> definition, ViewTable<TView> table)
        where TView : class, IView<TView>
    {
        var (name, number) = (Name(table), 0); // two that PostgreSQL names at once might be named alike
        foreach (var index in definition.Indexes) yield return Create(table.Current, index);
        if (definition.KeepsHistory) yield return Create(table.Current, "(from_at, from_pos)");
        yield return $"analyze {table.Current}";
        if (!definition.KeepsHistory) yield break;
        foreach (var index in (string[])["(key, to_pos)", "(from_at, from_pos)", "(to_at, to_pos)"])
            yield return Create(table.History, index);
        foreach (var index in definition.HistoryIndexes) yield return Create(table.History, index);

        string Create(string on, string index) =>
            FormattableString.Invariant($"create index {name}_by_{number++} on {on} {index}");
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}

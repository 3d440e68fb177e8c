using System.Collections.Concurrent;
using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>Makes the indexes of a view's tables, once those are filled.</summary>
internal static class Indexing
{
    /// <param name="connections">As many indexes are made at a time.</param>
    public static async Task Make<TView>(
        ViewDefinition<TView> definition, ViewTable<TView> table, IReadOnlyList<NpgsqlConnection> connections,
        CancellationToken ct) where TView : class, IView<TView>
    {
        await Key(table, connections[0], ct);
        var name = Name(table); // two that PostgreSQL names at once might be named alike
        var rest = new ConcurrentQueue<string>(Indexes(definition, table).Select((index, number) =>
            FormattableString.Invariant($"create index {name}_by_{number} on {index}")));
        await Task.WhenAll(connections.Select(async connection =>
        {
            await Execute(connection, "set maintenance_work_mem = '128MB'; set synchronous_commit = off", ct);
            while (rest.TryDequeue(out var index)) await Execute(connection, index, ct);
        }));
        await Execute(connections[0], $"analyze {table.Current}", ct);
    }

    /// <summary>The one index that writing needs.</summary>
    public static Task Key<TView>(ViewTable<TView> table, NpgsqlConnection connection, CancellationToken ct)
        where TView : class, IView<TView> => Execute(
        connection, $"create unique index if not exists {Name(table)}_by_key on {table.Current} (key)", ct);

    private static string Name<TView>(ViewTable<TView> table) where TView : class, IView<TView> =>
        table.Current[(table.Current.IndexOf('.') + 1)..];

    private static IEnumerable<string> Indexes<TView>(ViewDefinition<TView> definition, ViewTable<TView> table)
        where TView : class, IView<TView>
    {
        var indexes = definition.Indexes.Select(i => $"{table.Current} {i}");
        return !definition.KeepsHistory ? indexes : indexes.Concat(
        [
            $"{table.Current} (from_at, from_pos)", $"{table.History} (key, to_pos)",
            $"{table.History} (from_at, from_pos)", $"{table.History} (to_at, to_pos)",
            .. definition.HistoryIndexes.Select(i => $"{table.History} {i}"),
        ]);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}

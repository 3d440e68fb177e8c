using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>Fills the tables of a generation that have no indexes yet, as fast as PostgreSQL takes it.</summary>
internal sealed class TableCopy<TView>(ViewTable<TView> table)
    where TView : class, IView<TView>
{
    private const int Connections = 4;
    private const int WorthAConnection = 10_000;

    /// <summary>All there is: from several connections at once, the documents written as they go.</summary>
    /// <returns>How the digest moves.</returns>
    public async Task<Digest> Fill(Changes<TView> changes, NpgsqlDataSource database, CancellationToken ct)
    {
        var part = Math.Max(WorthAConnection, changes.Current.Count / Connections + 1);
        var copying = changes.Current.Chunk(part)
            .Select(some => Task.Run(() => Copy(table.Current, some.Select(Row.Of), database, ct), ct))
            .Append(Close(changes.Closed, database, ct)).ToList();
        var moved = await Task.WhenAll(copying);
        await using var connection = await database.OpenConnectionAsync(ct);
        await Grow(changes, connection, ct);
        return moved.Aggregate(changes.Digest, (sum, digest) => sum + digest);
    }

    /// <summary>What is over, into the history.</summary>
    /// <returns>How the digest moves.</returns>
    public Task<Digest> Close(IReadOnlyList<Closed<TView>> closed, NpgsqlDataSource database, CancellationToken ct) =>
        closed is [] ? Task.FromResult(default(Digest))
        : Task.Run(() => Copy(table.History, closed.Select(Row.Of), database, ct), ct);

    /// <summary>What changed, in few statements: for many documents, where no index but the key's is kept.</summary>
    public async Task Replace(Changes<TView> changes, NpgsqlConnection connection, CancellationToken ct)
    {
        var keys = changes.Current.Select(d => d.Key).ToArray();
        await using (var delete = new NpgsqlCommand($"delete from {table.Current} where key = any($1)", connection)
        { Parameters = { new() { Value = keys } } })
            await delete.ExecuteNonQueryAsync(ct);
        await Copy(table.Current, changes.Current.Where(d => d.View is not null).Select(Row.Of), connection, ct);
        if (changes.Closed is not [])
            await Copy(table.History, changes.Closed.Select(Row.Of), connection, ct);
        await Grow(changes, connection, ct);
    }

    private async Task Grow(Changes<TView> changes, NpgsqlConnection connection, CancellationToken ct)
    {
        if (changes.Counts.Count is 0) return;
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { table.Grow(changes.Counts) } };
        await batch.ExecuteNonQueryAsync(ct);
    }

    private async Task<Digest> Copy(
        string into, IEnumerable<Row> rows, NpgsqlDataSource database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await Copy(into, rows, connection, ct);
    }

    private async Task<Digest> Copy(
        string into, IEnumerable<Row> rows, NpgsqlConnection connection, CancellationToken ct)
    {
        var names = table.Names(history: into == table.History);
        var moved = default(Digest);
        await using var copy = await CopyRows.Begin($"{into} ({string.Join(", ", names)})", connection, ct);
        foreach (var (document, end) in rows)
        {
            await copy.Row(names.Count, ct);
            moved += table.Copy(document, end, copy);
        }
        await copy.Complete(ct);
        return moved;
    }

    /// <param name="End">Of a document that is over.</param>
    private readonly record struct Row(Document<TView> Document, Closed<TView>? End)
    {
        public static Row Of(Document<TView> document) => new(document, End: null);

        public static Row Of(Closed<TView> closed) => new(closed.Document, closed);
    }
}

using System.Data;
using System.Globalization;
using System.Text.Json;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Read.Projecting;
using Npgsql;

namespace Dlcs.Read.Images.Postgres;

/// <summary>The image index in PostgreSQL: a table of what is, a table of what was.</summary>
public sealed class PostgresImageIndex(ReadStore store) : IImageIndex
{
    /// <summary>Up to so many are found and sorted; of more, a page is sooner read off an order's index.</summary>
    internal int Few { get; init; } = 50_000;

    public Task<ImageView?> Find(ImageId id, Position? asOf, CancellationToken ct) => Ask(async table =>
    {
        var sql = asOf is null
            ? $"select doc from {table.Current} where key = $1"
            : $"select doc from {table.AsOf("$2")} where key = $1";
        await using var command = store.Database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id.ToString() });
        if (asOf is { } position) command.Parameters.Add(new() { Value = position.Value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? View(reader, 0) : null;
    }, ct);

    public Task<ImagePage> Query(ImageQuery query, CancellationToken ct) => Ask(async table =>
    {
        var sql = new ImageSql(query, table);
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        // One statement is of one moment by itself.
        var alone = sql.MayBeFew && query is { Text: null, Facets: [] };
        if (alone && await PageOfFew(query, sql, connection, ct) is { } few) return few;

        // Page, total and facets are of one moment. Nothing is written, so it may just be let go.
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var page = (sql.MayBeFew && !alone ? await PageOfFew(query, sql, connection, ct) : null)
            ?? await Page(query, sql, connection, ct);
        return query.Facets is [] ? page : page with { Facets = await Facets(query, sql, connection, ct) };
    }, ct);

    /// <returns><c>null</c>: there are too many for that.</returns>
    private async Task<ImagePage?> PageOfFew(
        ImageQuery query, ImageSql sql, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = Batch(query, connection, sql.PageOfFew(Few));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (query.Text is not null) await reader.NextResultAsync(ct);
        var (images, total) = (new List<ImageView>(), 0L);
        while (await reader.ReadAsync(ct))
        {
            total = reader.GetInt64(0);
            if (total > Few) return null;
            if (!await reader.IsDBNullAsync(1, ct)) images.Add(View(reader, 1));
        }
        return new(images, total);
    }

    private static async Task<ImagePage> Page(
        ImageQuery query, ImageSql sql, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = Batch(query, connection, sql.Page());
        if (query.Take is not null) batch.BatchCommands.Add(sql.Count());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (query.Text is not null) await reader.NextResultAsync(ct);
        var images = new List<ImageView>();
        while (await reader.ReadAsync(ct)) images.Add(View(reader, 0));
        if (query.Take is null) return new(images, images.Count);

        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return new(images, reader.GetInt64(0));
    }

    private static async Task<IReadOnlyList<Facet>> Facets(
        ImageQuery query, ImageSql sql, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var field in query.Facets) batch.BatchCommands.Add(sql.Facet(field));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var facets = new List<Facet>();
        foreach (var field in query.Facets)
        {
            var values = new List<FacetValue>();
            while (await reader.ReadAsync(ct)) values.Add(new(Value(reader), reader.GetInt64(1)));
            facets.Add(new(field, values));
            await reader.NextResultAsync(ct);
        }
        return facets;
    }

    private static NpgsqlBatch Batch(ImageQuery query, NpgsqlConnection connection, NpgsqlBatchCommand command)
    {
        var batch = new NpgsqlBatch(connection);
        if (query.Text is not null) batch.BatchCommands.Add(ImageSql.Indexed());
        batch.BatchCommands.Add(command);
        return batch;
    }

    public Task<Position> At(DateTimeOffset time, CancellationToken ct) => store.At(ImageColumns.Definition, time, ct);

    private Task<T> Ask<T>(Func<ViewTable<ImageView>, Task<T>> ask, CancellationToken ct) =>
        store.Ask(ImageColumns.Definition, ask, ct);

    private static ImageView View(NpgsqlDataReader reader, int column) =>
        JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(column), ImageReading.View)!;

    private static FieldValue Value(NpgsqlDataReader reader) => reader.GetValue(0) switch
    {
        string text => new(text, 0),
        bool yes => new(null, yes ? 1 : 0),
        DateTime time => new(null, time.Ticks),
        var number => new(null, Convert.ToInt64(number, CultureInfo.InvariantCulture)),
    };
}

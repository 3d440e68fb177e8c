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
    public async Task<ImageView?> Find(ImageId id, Position? asOf, CancellationToken ct)
    {
        var table = await Table(ct);
        var sql = asOf is null
            ? $"select doc from {table.Current} where key = $1"
            : $"select doc from {table.AsOf("$2")} where key = $1";
        await using var command = store.Database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id.ToString() });
        if (asOf is { } position) command.Parameters.Add(new() { Value = position.Value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? View(reader) : null;
    }

    public async Task<ImagePage> Query(ImageQuery query, CancellationToken ct)
    {
        var sql = new ImageSql(query, await Table(ct));
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        // Page, total and facets are of one moment. Nothing is written, so it may just be let go.
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var total = query.Take is null ? (long?)null : await Count(query, sql, connection, ct);

        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { sql.Page(total) } };
        foreach (var field in query.Facets) batch.BatchCommands.Add(sql.Facet(field));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var images = new List<ImageView>();
        while (await reader.ReadAsync(ct)) images.Add(View(reader));

        var facets = new List<Facet>();
        foreach (var field in query.Facets)
        {
            await reader.NextResultAsync(ct);
            var values = new List<FacetValue>();
            while (await reader.ReadAsync(ct)) values.Add(new(Value(reader), reader.GetInt64(1)));
            facets.Add(new(field, values));
        }
        return new(images, total ?? images.Count) { Facets = facets };
    }

    /// <summary>First of all: how a page is best read depends on how many there are to read it from.</summary>
    private static async Task<long> Count(
        ImageQuery query, ImageSql sql, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (query.Text is not null) batch.BatchCommands.Add(ImageSql.Indexed());
        batch.BatchCommands.Add(sql.Count());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (query.Text is not null) await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return reader.GetInt64(0);
    }

    public async Task<Position> At(DateTimeOffset time, CancellationToken ct)
    {
        var table = await Table(ct);
        await using var command = store.Database.CreateCommand($"""
            select pos from (
                (select from_at as at, from_pos as pos from {table.Current}
                    where from_at <= $1 order by 1 desc, 2 desc limit 1)
                union all
                (select from_at, from_pos from {table.History} where from_at <= $1 order by 1 desc, 2 desc limit 1)
                union all
                (select to_at, to_pos from {table.History} where to_at <= $1 order by 1 desc, 2 desc limit 1)
            ) as moments order by at desc, pos desc limit 1
            """);
        command.Parameters.Add(new() { Value = time.ToUniversalTime() });
        return await command.ExecuteScalarAsync(ct) is long position ? new(position) : Position.Start;
    }

    private async ValueTask<ViewTable<ImageView>> Table(CancellationToken ct) =>
        new(ImageColumns.Definition, store.Schema, await store.Live(ImageColumns.Definition.Name, ct));

    private static ImageView View(NpgsqlDataReader reader) =>
        JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(0), ReadJson.Default.ImageView)!;

    private static FieldValue Value(NpgsqlDataReader reader) => reader.GetValue(0) switch
    {
        string text => new(text, 0),
        bool yes => new(null, yes ? 1 : 0),
        DateTime time => new(null, time.Ticks),
        var number => new(null, Convert.ToInt64(number, CultureInfo.InvariantCulture)),
    };
}

using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.Marten;
using Dlcs.Read.Images;
using Dlcs.Read.Images.Elastic;
using Dlcs.Read.Images.Postgres;
using Dlcs.Read.Projecting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dlcs.Integration.Read;

/// <summary>A log, its views, and a projector that keeps them: on a fresh database, images perhaps elsewhere.</summary>
internal sealed class Projected : IAsyncDisposable
{
    /// <summary>When things happen where it does not matter when.</summary>
    private static readonly DateTimeOffset Once = DateTimeOffset.UnixEpoch.AddDays(20_000);

    private readonly NpgsqlDataSource database;
    private readonly Dictionary<string, long> revisions = [];
    private readonly ElasticClient? engine;
    private Projector projector;

    private Projected(string connection, ElasticSettings? elastic, IEventStore? log)
    {
        database = NpgsqlDataSource.Create(ConnectionString = connection);
        Log = log ?? new MartenEventStore(connection, new LogSettings());
        engine = elastic is null ? null : new(elastic, NullLogger<ElasticClient>.Instance);
        Store = new ReadStore(database, elastic: engine);
        Views = new Views(Store);
        Images = elastic is null ? new PostgresImageIndex(Store) : new ElasticImageIndex(Store);
        Progress = new Progress(Store, NullLogger<Progress>.Instance);
        projector = new Projector(Log, Store, NullLogger<Projector>.Instance);
    }

    public string ConnectionString { get; }

    public IEventStore Log { get; }

    public ReadStore Store { get; }

    public Views Views { get; }

    public IImageIndex Images { get; }

    public Progress Progress { get; }

    /// <param name="elastic">Where images are kept; <c>null</c>: in PostgreSQL, as all else.</param>
    /// <param name="log">Which is closed with it; <c>null</c>: one of its own in PostgreSQL.</param>
    public static async Task<Projected> Start(
        Postgres postgres, ElasticSettings? elastic = null, IEventStore? log = null)
    {
        var projected = new Projected(await postgres.NewDatabase(), elastic, log);
        await projected.projector.StartAsync(CancellationToken.None);
        await projected.Progress.StartAsync(CancellationToken.None);
        return projected;
    }

    /// <summary>Appends, and waits until the views show it.</summary>
    public async Task<Position> Happen(StreamName stream, params IEvent[] events) =>
        await HappenAt(Once, stream, events);

    public async Task<Position> HappenAt(DateTimeOffset at, StreamName stream, params IEvent[] events)
    {
        var position = await Append(stream, at, events);
        await Shows(position);
        return position;
    }

    /// <summary>Registers them, each the first time, and waits until the views show them.</summary>
    public async Task Register(IEnumerable<ImageDescription> images)
    {
        Position? last = null;
        foreach (var some in images.Chunk(1_000))
        {
            var positions = await Log.AppendMany(
                [.. some.Select(i => new Append(
                    i.Id.Stream, -1, [Some.Registered(i)], new(Guid.CreateVersion7(), "key-1", Once, "test")))],
                CancellationToken.None);
            last = positions[^1];
        }
        await Shows(last!.Value);
    }

    /// <summary>Appends, and waits for nobody.</summary>
    public Task<Position> Append(StreamName stream, params IEvent[] events) =>
        Append(stream, Once, events);

    public async Task Restart(Func<Task>? between = null)
    {
        await projector.StopAsync(CancellationToken.None);
        projector.Dispose();
        if (between is not null) await between();
        projector = new Projector(Log, Store, NullLogger<Projector>.Instance);
        await projector.StartAsync(CancellationToken.None);
    }

    /// <summary>Renames what is called so in the view of spaces, in its digest too, as if folded otherwise.</summary>
    public Task ForgeSpaces(string name, Func<Task>? then = null) => Restart(async () =>
    {
        await Sql($"update dlcs_read.spaces_1 set doc = replace(doc::text, '{name}', 'forged')::json");
        await Sql("""
            update dlcs_read.generations set digest = set_byte(digest, 31, 255 - get_byte(digest, 31))
            where view = 'spaces'
            """);
        if (then is not null) await then();
    });

    public Task<IReadOnlyList<Rebuilt>> Rebuild(bool accept = false, params string[] views) =>
        new Rebuild(Log, Store, new Progress<RebuildProgress>()).Run(views, accept, CancellationToken.None);

    public Task<IReadOnlyList<Generation>> Generations() => Store.Generations(CancellationToken.None);

    /// <summary>Every row of a view's table, all columns as text; none where there is no such table.</summary>
    public async Task<IReadOnlyList<string>> Rows(string table)
    {
        await using var command = database.CreateCommand($"select to_regclass('dlcs_read.{table}')::text");
        if (await command.ExecuteScalarAsync() is not string) return [];
        command.CommandText = $"select row_to_json(t)::text from dlcs_read.{table} t";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }

    public async Task Sql(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Waits until the views show it, but for those that have stopped.</summary>
    private async Task Shows(Position position)
    {
        (await Reached() || await Reached([.. (await Generations()).Where(g => g.Parked is null).Select(g => g.View)]))
            .ShouldBeTrue("the views lag");

        Task<bool> Reached(params string[] views) =>
            Progress.Reached(position, TimeSpan.FromSeconds(30), CancellationToken.None, views);
    }

    private async Task<Position> Append(StreamName stream, DateTimeOffset at, IEvent[] events)
    {
        var revision = revisions.GetValueOrDefault(stream.Value, -1);
        var metadata = new Metadata(Guid.CreateVersion7(), "key-1", at, "test");
        var position = await Log.Append(new(stream, revision, events, metadata), CancellationToken.None);
        revisions[stream.Value] = revision + events.Length;
        return position;
    }

    public async ValueTask DisposeAsync()
    {
        await projector.StopAsync(CancellationToken.None);
        await Progress.StopAsync(CancellationToken.None);
        projector.Dispose();
        Progress.Dispose();
        await ((IAsyncDisposable)Log).DisposeAsync();
        await database.DisposeAsync();
        engine?.Dispose();
    }
}

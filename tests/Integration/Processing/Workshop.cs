using System.Globalization;
using Dlcs.Integration.Servers;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.Marten;
using Dlcs.Processing;
using Dlcs.Processing.Queue;
using Dlcs.Write.Images;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Dlcs.Integration.Processing;

/// <summary>A database with a log, a folder, and workers on it whose origins do what their URLs say.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    public static readonly ProcessingSettings Quick = new()
    {
        Parallelism = 2,
        PriorityParallelism = 1,
        StopTimeout = TimeSpan.FromMilliseconds(300),
        RetryDelays = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300)],
    };

    private readonly string connection;
    private readonly List<IHost> workers = [];

    private Workshop(string connection, string folder)
    {
        this.connection = connection;
        Folder = folder;
        Source = NpgsqlDataSource.Create(connection);
        Log = new(connection, new());
    }

    public NpgsqlDataSource Source { get; }

    public MartenEventStore Log { get; }

    public string Folder { get; }

    /// <summary>What the workers in this process logged.</summary>
    public HeardLog Said { get; } = new();

    public static async Task<Workshop> Open(Postgres postgres) => await Open(await postgres.NewDatabase());

    public static async Task<Workshop> Open(string connection)
    {
        var shop = new Workshop(connection, Directory.CreateTempSubdirectory("dlcs-work-").FullName);
        await using var make = shop.Source.CreateCommand("""
            create table fetched (
                origin text not null, at timestamptz not null default clock_timestamp(), pid int not null)
            """);
        await make.ExecuteNonQueryAsync();
        return shop;
    }

    /// <summary>A worker in this process.</summary>
    public async Task<IHost> Start(ProcessingSettings? settings = null)
    {
        var worker = Worker.Build(connection, Folder, settings ?? Quick, Said);
        workers.Add(worker);
        await worker.StartAsync(TestContext.Current.CancellationToken);
        return worker;
    }

    /// <summary>Stops the workers in this process.</summary>
    public async Task Stop()
    {
        foreach (var worker in workers)
        {
            await worker.StopAsync(TestContext.Current.CancellationToken);
            worker.Dispose();
        }
        workers.Clear();
    }

    /// <summary>Registers an image whose origin does what <paramref name="origin"/> says.</summary>
    public async Task<Guid> Register(
        int customer, string name, string origin, Lane lane = Lane.Normal, Guid? registration = null)
    {
        var id = new ImageId(new SpaceId(customer, 1), name);
        var e = new ImageRegistered(id, registration ?? Guid.CreateVersion7(), Description(id, origin), lane);
        await Log.Decide<Image>(
            id.Stream, new(e.Registration, "key", TimeProvider.System.GetUtcNow(), "affair-1"), _ => [e],
            TestContext.Current.CancellationToken);
        return e.Registration;
    }

    /// <summary>Registers images until that worker fetches one: it is at work, whoever else is.</summary>
    /// <returns>How many.</returns>
    public async Task<int> Works(WorkerProcess worker)
    {
        var sent = 0;
        await Until(async () =>
        {
            if ((await Fetched()).Any(f => f.Process == worker.Id)) return true;
            for (var n = 0; n < 6; n++) await Register(9, $"warm-{worker.Id}-{sent++}", "slow-500");
            await Task.Delay(1000);
            return false;
        }, "at work", seconds: 90);
        return sent;
    }

    /// <summary>The outcomes in the log, in order.</summary>
    public async Task<IReadOnlyList<IEvent>> Outcomes() =>
    [
        .. (await Log.ReadAll(Position.Start, 100_000, TestContext.Current.CancellationToken)).Entries
            .Select(e => e.Recorded.Event).Where(e => e is ImageIngested or ImageFailed),
    ];

    /// <summary>Waits until there are that many outcomes.</summary>
    public async Task<IReadOnlyList<IEvent>> Outcomes(int count, int seconds = 60)
    {
        IReadOnlyList<IEvent> outcomes = [];
        await Until(
            async () =>
            {
                try
                {
                    return (outcomes = await Outcomes()).Count >= count;
                }
                catch (LogUnavailableException)
                {
                    return false;
                }
            },
            $"{count} outcomes", seconds);
        return outcomes;
    }

    /// <summary>What was fetched, in order.</summary>
    public async Task<IReadOnlyList<(string Origin, DateTimeOffset At, int Process)>> Fetched()
    {
        await using var query = Source.CreateCommand("select origin, at, pid from fetched order by at");
        await using var row = await query.ExecuteReaderAsync();
        var origins = new List<(string, DateTimeOffset, int)>();
        while (await row.ReadAsync())
            origins.Add((row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetInt32(2)));
        return origins;
    }

    public Task FetchedAtLeast(int count) => Until(async () => (await Fetched()).Count >= count, $"{count} fetched");

    /// <summary>Waits until nothing waits, nothing runs, and a look later still nothing does.</summary>
    public async Task Idle()
    {
        for (var calm = 0; calm < 5; calm++)
        {
            await Until(async () => await Count("""
                (select id from dlcs_processing.wolverine_queue_images
                union all select id from dlcs_processing.wolverine_queue_images_priority
                union all select id from dlcs_processing.wolverine_queue_images_scheduled
                union all select id from dlcs_processing.wolverine_queue_images_priority_scheduled
                union all select id from dlcs_processing.wolverine_incoming_envelopes where status <> 'Handled') w
                """) is 0, "idle");
            await Task.Delay(100);
        }
    }

    public Task<IReadOnlyList<DeadLetter>> DeadLetters() => Dlcs.Processing.Queue.DeadLetters.List(
        Source, Quick.Schema, 10, TestContext.Current.CancellationToken);

    public bool Holds(string key) => File.Exists(Path.Combine(Folder, "objects", key));

    /// <summary>A worker in a process of its own.</summary>
    public WorkerProcess StartProcess(bool shared = false) => WorkerProcess.Start(connection, Folder, shared);

    public async Task<long> Count(string table)
    {
        await using var query = Source.CreateCommand($"select count(*) from {table}");
        return (long)(await query.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await Log.DisposeAsync();
        await Source.DisposeAsync();
        Folders.Remove(Folder);
    }

    public static async Task Until(Func<Task<bool>> done, string what, int seconds = 60)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!await done())
        {
            if (deadline.IsCancellationRequested) throw new TimeoutException($"not {what} within {seconds} s");
            await Task.Delay(20);
        }
    }

    private static ImageDescription Description(ImageId id, string origin) => new(
        id, string.Create(CultureInfo.InvariantCulture, $"test://{id.Customer}.{id.Name}/{origin}"), Upload: null,
        MediaType: null, Family: "I", [new("iiif-img", "default"), new("thumbs", "default", ["!100,100"])],
        "", "", "", 0, 0, 0, [], [], []);
}

using System.Runtime.CompilerServices;
using Marten;
using Npgsql;

namespace Dlcs.Kernel.Events.Marten;

/// <summary>The log on PostgreSQL, in Marten's event store. It connects when it is first used.</summary>
public sealed class MartenEventStore : IEventStore, IAsyncDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly DocumentStore store;
    private readonly LogSettings settings;
    private readonly LogSchema schema;
    private readonly Gaps gaps;
    private readonly LogReader reader;
    private readonly Appender appender;
    private readonly Bell bell;

    /// <exception cref="ArgumentException">A setting cannot be.</exception>
    public MartenEventStore(string connectionString, LogSettings settings)
    {
        this.settings = settings.Checked();
        source = MartenSetup.Source(connectionString);
        store = MartenSetup.Store(source, settings);
        schema = new(store, source, settings);
        gaps = new(source, settings);
        reader = new(source, gaps, settings);
        appender = new(store, source, settings);
        bell = new(source, settings);
    }

    public ValueTask<Guid> Identity(CancellationToken ct) => schema.Ready(ct);

    public async IAsyncEnumerable<Recorded> Read(StreamName stream, [EnumeratorCancellation] CancellationToken ct)
    {
        await schema.Ready(ct);
        await foreach (var recorded in reader.Stream(stream, ct)) yield return recorded;
    }

    public async Task<IReadOnlyList<IReadOnlyList<Recorded>>> ReadMany(
        IReadOnlyList<StreamName> streams, CancellationToken ct)
    {
        await schema.Ready(ct);
        return await Failures.Reading(() => reader.Streams(streams, ct));
    }

    public async Task<Position> Append(Append append, CancellationToken ct)
    {
        var ready = SealedAppend.Of(append, settings);
        await schema.Ready(ct);
        var position = await appender.Append(ready);
        bell.Ring();
        return position ?? throw new RevisionConflictException(append.Stream);
    }

    public async Task<IReadOnlyList<Position?>> AppendMany(IReadOnlyList<Append> appends, CancellationToken ct)
    {
        var ready = appends.Select(a => SealedAppend.Of(a, settings)).ToList();
        await schema.Ready(ct);
        var positions = new Position?[appends.Count];
        // What comes later in a stream needs what comes before it: one round for the first of each, then the second, …
        foreach (var round in Rounds(ready))
        {
            foreach (var some in round.Chunk(settings.AppendsPerTransaction))
            {
                var appended = await appender.AppendTogether([.. some.Select(i => ready[i])]);
                foreach (var (i, position) in some.Zip(appended)) positions[i] = position;
                bell.Ring();
                ct.ThrowIfCancellationRequested();
            }
        }
        return positions;
    }

    public async Task<LogPage> ReadAll(Position after, int atMost, CancellationToken ct)
    {
        await schema.Ready(ct);
        return await Failures.Reading(() => reader.Page(after, atMost, ct));
    }

    public async IAsyncEnumerable<LogPage> Subscribe(
        Position after, int atMost, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var (through, failed) = (after, 0); ;)
        {
            var next = bell.Next;
            var page = await TryRead(through, atMost, ct);
            if (page is null)
            {
                await Task.Delay(Random.Shared.Next(20, Math.Min(50 << failed, 1500)), ct);
                failed = Math.Min(failed + 1, 5);
            }
            else if (page.Through > through)
            {
                (through, failed) = (page.Through, 0);
                yield return page;
            }
            else
            {
                bell.Hear();
                await next.WaitAsync(ct);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await bell.DisposeAsync();
        await store.DisposeAsync();
        await source.DisposeAsync();
        gaps.Dispose();
        schema.Dispose();
    }

    private async Task<LogPage?> TryRead(Position after, int atMost, CancellationToken ct)
    {
        try
        {
            return await ReadAll(after, atMost, ct);
        }
        catch (Exception e) when (e is LogUnavailableException or NpgsqlException)
        {
            return null;
        }
    }

    private static IEnumerable<int[]> Rounds(List<SealedAppend> appends) =>
        Enumerable.Range(0, appends.Count)
            .GroupBy(i => appends[i].Key, StringComparer.Ordinal)
            .SelectMany(stream => stream.Select((i, nr) => (i, nr)))
            .GroupBy(x => x.nr, x => x.i)
            .OrderBy(round => round.Key)
            .Select(round => round.ToArray());
}

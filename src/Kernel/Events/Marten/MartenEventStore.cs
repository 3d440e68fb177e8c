using System.Runtime.CompilerServices;
using Marten;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dlcs.Kernel.Events.Marten;

/// <summary>The log on PostgreSQL, in Marten's event store. It connects when it is first used.</summary>
public sealed class MartenEventStore : IEventStore, IAsyncDisposable
{
    /// <summary>How long a subscriber sleeps through anything, should even the listening fail.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource source;
    private readonly DocumentStore store;
    private readonly LogSettings settings;
    private readonly LogSchema schema;
    private readonly Gaps gaps;
    private readonly LogReader reader;
    private readonly Appender appender;
    private readonly Bell bell;
    private readonly ILogger logger;

    /// <exception cref="ArgumentException">A setting cannot be.</exception>
    public MartenEventStore(string connectionString, LogSettings settings, ILogger? logger = null)
    {
        this.logger = logger ?? NullLogger.Instance;
        this.settings = settings.Checked();
        source = MartenSetup.Source(connectionString);
        store = MartenSetup.Store(source, settings);
        schema = new(store, source, settings);
        gaps = new(source, settings);
        reader = new(source, gaps, settings);
        appender = new(store, source, settings);
        bell = new(source, settings, this.logger);
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
        return await Failures.Reading(source, () => reader.Streams(streams, ct));
    }

    public async Task<Position> Append(Append append, CancellationToken ct)
    {
        var ready = SealedAppend.Of(append, settings);
        await schema.Ready(ct);
        var position = await appender.Append(ready) ?? throw new RevisionConflictException(append.Stream);
        bell.Ring();
        return position;
    }

    public async Task<IReadOnlyList<Position?>> AppendMany(IReadOnlyList<Append> appends, CancellationToken ct)
    {
        var ready = appends.Select(a => SealedAppend.Of(a, settings)).ToList();
        await schema.Ready(ct);
        var positions = new Position?[appends.Count];
        foreach (var part in Parts.Of(ready, settings))
        {
            ct.ThrowIfCancellationRequested();
            var appended = await appender.AppendTogether([.. part.Select(i => ready[i])]);
            foreach (var (i, position) in part.Zip(appended)) positions[i] = position;
            bell.Ring();
        }
        return positions;
    }

    public async Task<LogEntry?> ReadAt(Position at, CancellationToken ct)
    {
        await schema.Ready(ct);
        return await Failures.Reading(source, () => reader.At(at, ct));
    }

    public async Task<LogEntry?> ReadLast(Position upTo, CancellationToken ct)
    {
        await schema.Ready(ct);
        return await Failures.Reading(source, () => reader.Last(upTo, ct));
    }

    public async Task<Position> End(CancellationToken ct)
    {
        await schema.Ready(ct);
        return await Failures.Reading(source, () => reader.End(ct));
    }

    public async Task<LogPage> ReadAll(Position after, int atMost, CancellationToken ct)
    {
        await schema.Ready(ct);
        return await Failures.Reading(source, () => reader.Page(after, atMost, ct));
    }

    public async IAsyncEnumerable<LogPage> Subscribe(
        Checkpoint after, int atMost, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var (seen, failed, lost) = (after, 0, bell.Lost); ;)
        {
            var (next, losses) = (bell.Next, bell.Lost);
            var page = await TryRead(seen, atMost, doubtful: failed > 0 || losses != lost, say: failed is 1, ct);
            if (page is null)
            {
                await Task.Delay(Backoff.Pause(failed++, least: 20, most: 1600), ct);
                continue;
            }
            bell.Hear();
            (failed, lost) = (0, losses);
            if (page.Through > seen.Position)
            {
                seen = seen.After(page);
                yield return page;
                continue;
            }
            await next.WaitAsync(Longest, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await bell.DisposeAsync();
        await store.DisposeAsync();
        await source.DisposeAsync();
        gaps.Dispose();
    }

    /// <param name="doubtful">Whether the log may be another one since it was last looked at.</param>
    private async Task<LogPage?> TryRead(
        Checkpoint seen, int atMost, bool doubtful, bool say, CancellationToken ct)
    {
        try
        {
            if (doubtful) gaps.Forget();
            if (doubtful && await this.Recognise(seen, ct) is null) throw new LogReplacedException();
            await schema.Ready(ct);
            return await reader.Page(seen.Position, atMost, ct); // a connection that is lost must be known of
        }
        catch (Exception e) when (e is LogUnavailableException || Failures.Passes(e))
        {
            source.Clear();
            if (say) logger.LogWarning("A subscription to the log waits for it to come back: {Reason}", e.Message);
            return null;
        }
    }
}

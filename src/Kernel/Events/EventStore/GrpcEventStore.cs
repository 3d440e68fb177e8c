using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>
/// The log in EventStoreDB (KurrentDB), from 21.10 on, over its gRPC protocol. It connects when it is first used. A
/// position is the commit position of an event; its streams are ours by a prefix of their names. Whatever node is
/// preferred, only subscriptions go there: what was appended is read at once, and the leader alone shows it at once.
/// </summary>
public sealed class GrpcEventStore : IEventStore, IAsyncDisposable
{
    /// <summary>How many appends one call takes; what comes later waits for it.</summary>
    private const int AppendsPerCall = 2000;

    private readonly Names names;
    private readonly Connection connection;
    private readonly Connection following;
    private readonly LogReader reader;
    private readonly Appender appender;
    private readonly Identity identity;

    /// <param name="prefix">The installation: several share a server without seeing each other.</param>
    /// <exception cref="ArgumentException">The prefix cannot be.</exception>
    /// <exception cref="FormatException">A file of certificates cannot be read.</exception>
    public GrpcEventStore(EventStoreAddress address, string prefix, ILogger? logger = null)
    {
        names = new(prefix);
        logger ??= NullLogger.Instance;
        connection = new(address with { Preference = NodePreference.Leader }, logger);
        following = address.Preference is NodePreference.Leader ? connection : new(address, logger);
        reader = new(new(connection), names);
        appender = new(connection, reader);
        identity = new(reader, appender, names);
    }

    public ValueTask<Guid> Identity(CancellationToken ct) => identity.Get(ct);

    public IAsyncEnumerable<Recorded> Read(StreamName stream, CancellationToken ct) => reader.Stream(stream, ct);

    public Task<IReadOnlyList<IReadOnlyList<Recorded>>> ReadMany(
        IReadOnlyList<StreamName> streams, CancellationToken ct) => reader.Streams(streams, ct);

    public Task<Position> Append(Append append, CancellationToken ct) =>
        Append(append, ExpectedRevision.Of(append), ct);

    /// <summary>
    /// Appends to a stream that may not have been read, for tools beside the program. Where the outcome of one that
    /// expects no revision is not known, and its events are not found, it is not sent again.
    /// </summary>
    /// <param name="expected">Instead of the revision that the append names.</param>
    /// <returns>Where the last of its events stands.</returns>
    /// <exception cref="RevisionConflictException">The stream is not as expected.</exception>
    /// <exception cref="AppendTooLargeException">Over <see cref="Limits"/>.</exception>
    /// <exception cref="LogUnavailableException">Not appended, or nothing is known of it.</exception>
    public async Task<Position> Append(Append append, ExpectedRevision expected, CancellationToken ct)
    {
        var ready = SealedAppend.Of(append, expected, names);
        ct.ThrowIfCancellationRequested();
        return await appender.Append(ready) ?? throw new RevisionConflictException(append.Stream);
    }

    public async Task<IReadOnlyList<Position?>> AppendMany(IReadOnlyList<Append> appends, CancellationToken ct)
    {
        var ready = appends.Select(a => SealedAppend.Of(a, ExpectedRevision.Of(a), names)).ToList();
        var positions = new List<Position?>(appends.Count);
        foreach (var part in ready.Chunk(AppendsPerCall))
        {
            ct.ThrowIfCancellationRequested();
            positions.AddRange(await appender.AppendTogether(part));
        }
        return positions;
    }

    public Task<LogEntry?> ReadAt(Position at, CancellationToken ct) => reader.At(at, ct);

    public Task<LogEntry?> ReadLast(Position upTo, CancellationToken ct) => reader.Last(upTo, ct);

    public Task<Position> End(CancellationToken ct) => reader.End(ct);

    public Task<LogPage> ReadAll(Position after, int atMost, CancellationToken ct) => reader.Page(after, atMost, ct);

    public IAsyncEnumerable<LogPage> Subscribe(Checkpoint after, int atMost, CancellationToken ct) =>
        new Subscription(following, reader, this).Follow(after, atMost, ct);

    public ValueTask DisposeAsync()
    {
        connection.Dispose();
        following.Dispose();
        return ValueTask.CompletedTask;
    }
}

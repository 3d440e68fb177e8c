namespace Dlcs.Kernel.Events;

/// <summary>
/// The log. Each adapter passes the same contract tests. Every stream name carries the installation's prefix inside
/// the adapter; nothing above it sees the prefix, or another installation's events.
/// </summary>
public interface IEventStore
{
    /// <summary>Names this log, so that a checkpoint of another one is found out. Made when the log is.</summary>
    ValueTask<Guid> Identity(CancellationToken ct);

    /// <summary>The stream from its beginning; empty when it does not exist.</summary>
    IAsyncEnumerable<Recorded> Read(StreamName stream, CancellationToken ct);

    /// <summary>Whole streams, pipelined: one answer for each of <paramref name="streams"/>, in their order.</summary>
    Task<IReadOnlyList<IReadOnlyList<Recorded>>> ReadMany(IReadOnlyList<StreamName> streams, CancellationToken ct);

    /// <summary>Appends all events or none.</summary>
    /// <returns>Where the last of them stands.</returns>
    /// <exception cref="RevisionConflictException">The stream is at another revision.</exception>
    /// <exception cref="AppendTooLargeException">Over <see cref="Limits"/>.</exception>
    Task<Position> Append(Append append, CancellationToken ct);

    /// <summary>Appends to many streams, pipelined: each append is atomic, the whole is not.</summary>
    /// <returns>For each append where its last event stands; <c>null</c> where the revision was another.</returns>
    Task<IReadOnlyList<Position?>> AppendMany(IReadOnlyList<Append> appends, CancellationToken ct);

    /// <summary>The event that stands at <paramref name="at"/>; <c>null</c> where none of ours does.</summary>
    Task<LogEntry?> ReadAt(Position at, CancellationToken ct);

    /// <summary>
    /// The last event of ours that stands at or before <paramref name="upTo"/>; <c>null</c> where none does, or where
    /// the log never had that position.
    /// </summary>
    Task<LogEntry?> ReadLast(Position upTo, CancellationToken ct);

    /// <summary>
    /// Where the log ends now: where its last event stands, also if it is another installation's. Whoever reads on from
    /// anywhere comes at least that far.
    /// </summary>
    Task<Position> End(CancellationToken ct);

    /// <summary>What stands behind <paramref name="after"/>, in the order of the log: at most so many events.</summary>
    Task<LogPage> ReadAll(Position after, int atMost, CancellationToken ct);

    /// <summary>
    /// All that stands behind <paramref name="after"/>, then what is appended, as it comes; ends only with
    /// <paramref name="ct"/>. It outlives a lost connection.
    /// </summary>
    /// <exception cref="LogReplacedException">The log that came back does not hold what was seen of it.</exception>
    IAsyncEnumerable<LogPage> Subscribe(Checkpoint after, int atMost, CancellationToken ct);
}

/// <summary>Events for one stream.</summary>
/// <param name="Revision">Of the last event that was read; -1 when the stream is to begin.</param>
/// <param name="First">How many events the same command appended to this stream before; event ids count on.</param>
public sealed record Append(
    StreamName Stream, long Revision, IReadOnlyList<IEvent> Events, Metadata Metadata, int First = 0)
{
    /// <summary>The id that the event at this index gets: the same for the same command, whoever appends it.</summary>
    public Guid EventId(int index) =>
        NamedGuid.Of(Metadata.Command, FormattableString.Invariant($"{Stream}#{First + index}"));
}

public sealed class RevisionConflictException(StreamName stream) : Exception($"{stream} has moved on");

public sealed class AppendTooLargeException(string message) : Exception(message);

/// <summary>The log cannot be reached, or does not answer. Nothing is known to be appended.</summary>
public sealed class LogUnavailableException(string message, Exception? inner = null)
    : EngineUnavailableException(message, inner);

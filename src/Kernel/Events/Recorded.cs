namespace Dlcs.Kernel.Events;

/// <summary>An event as the log keeps it. Where it stands in the log is nothing that a fold may know.</summary>
/// <param name="Revision">Its number in <paramref name="Stream"/>, from 0.</param>
public sealed record Recorded(IEvent Event, Guid Id, StreamName Stream, long Revision, Metadata Metadata);

/// <summary>An event and its place in the log.</summary>
public readonly record struct LogEntry(Position Position, Recorded Recorded);

/// <summary>A run of the log.</summary>
/// <param name="Entries">In the order of the log; may be empty.</param>
/// <param name="Through">Everything up to here is in <paramref name="Entries"/> or is nothing of ours.</param>
public sealed record LogPage(IReadOnlyList<LogEntry> Entries, Position Through)
{
    /// <summary>What of it stands no further than that.</summary>
    public LogPage UpTo(Position until) =>
        Through <= until ? this : new([.. Entries.Where(e => e.Position <= until)], until);
}

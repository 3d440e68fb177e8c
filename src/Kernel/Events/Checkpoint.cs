namespace Dlcs.Kernel.Events;

/// <summary>
/// How far somebody has followed a log, and by what that log is known again: one that was restored from an older backup
/// may have grown past the position since, and other events stand before it.
/// </summary>
/// <param name="Position">All that stands up to here was seen.</param>
/// <param name="Last">
/// The id of the last event of ours up to there; <see cref="Guid.Empty"/>: there is none; <c>null</c>: it is not known.
/// </param>
public readonly record struct Checkpoint(Position Position, Guid? Last)
{
    /// <summary>Before the first event.</summary>
    public static Checkpoint Start { get; } = new(Position.Start, Guid.Empty);

    /// <summary>With that event seen too.</summary>
    public static Checkpoint At(LogEntry entry) => new(entry.Position, entry.Recorded.Id);

    /// <summary>With the page seen too.</summary>
    public Checkpoint After(LogPage page) =>
        new(page.Through, page.Entries is [.., var last] ? last.Recorded.Id : Last);
}

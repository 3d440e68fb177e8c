using Dlcs.Kernel.Events;

namespace Dlcs.Read.Projecting;

/// <summary>A generation of a view: tables or an index, filled from the first event on.</summary>
/// <param name="Version">Of the fold that filled it.</param>
/// <param name="Log">Whose events it holds.</param>
/// <param name="Position">The last event that it has seen.</param>
/// <param name="Parked">Why it has stopped; <c>null</c> while it goes on.</param>
public sealed record Generation(
    string View, int Number, int Version, Guid Log, Position Position, Digest Digest, string? Parked)
{
    /// <summary>The last event up to its position, by which the log is known again; <c>null</c>: not noted.</summary>
    public Guid? Last { get; init; }

    public Checkpoint Checkpoint => new(Position, Last);

    /// <summary>With all seen up to there.</summary>
    public Generation At(Checkpoint seen) => this with { Position = seen.Position, Last = seen.Last };

    /// <summary>In which store.</summary>
    public string Kept { get; init; } = ReadStore.Postgres;

    /// <summary>The last event that queries show: some stores are slower to show than to take.</summary>
    public Position Shown { get; init; } = Position;
}

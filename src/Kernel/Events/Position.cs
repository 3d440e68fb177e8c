namespace Dlcs.Kernel.Events;

/// <summary>A place in one log: opaque, ordered, meaningless in another log.</summary>
public readonly record struct Position(long Value) : IComparable<Position>
{
    /// <summary>Before the first event.</summary>
    public static Position Start { get; } = new(-1);

    public int CompareTo(Position other) => Value.CompareTo(other.Value);

    public static bool operator <(Position left, Position right) => left.Value < right.Value;

    public static bool operator >(Position left, Position right) => left.Value > right.Value;

    public static bool operator <=(Position left, Position right) => left.Value <= right.Value;

    public static bool operator >=(Position left, Position right) => left.Value >= right.Value;
}

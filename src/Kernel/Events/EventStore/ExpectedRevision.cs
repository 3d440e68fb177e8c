namespace Dlcs.Kernel.Events.EventStore;

/// <summary>
/// What a stream must be for an append to be made: what the protocol offers
/// (<c>AppendReq.Options.expected_stream_revision</c>). A decision knows what it read, and the port takes no more
/// than that: nothing yet, or a revision.
/// </summary>
public readonly record struct ExpectedRevision
{
    private ExpectedRevision(long value) => Value = value;

    /// <summary>It is to begin.</summary>
    public static ExpectedRevision NoStream { get; } = new(-1);

    /// <summary>Whatever it is, also nothing.</summary>
    public static ExpectedRevision Any { get; } = new(-2);

    /// <summary>It has begun.</summary>
    public static ExpectedRevision StreamExists { get; } = new(-4);

    /// <summary>Whether one append alone can meet it: sent again, it cannot land twice.</summary>
    public bool IsExact => Value >= NoStream.Value;

    /// <summary>A revision, or what EventStoreDB's errors say for what is none.</summary>
    internal long Value { get; }

    /// <summary>What the port says.</summary>
    public static ExpectedRevision Of(Append append) => append.Revision < 0 ? NoStream : At(append.Revision);

    /// <summary>Its last event is that one, counted from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 0.</exception>
    public static ExpectedRevision At(long revision)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(revision);
        return new(revision);
    }
}

namespace Dlcs.Integration.Log.Loopback;

/// <summary>At which revision an append wants its stream.</summary>
internal abstract record Expected
{
    public sealed record Any : Expected;

    public sealed record NoStream : Expected;

    public sealed record Exists : Expected;

    public sealed record At(ulong Revision) : Expected;
}

/// <summary>What became of an append.</summary>
internal abstract record Appended
{
    /// <param name="Revision">Of the stream's last event; <c>null</c>: it has none.</param>
    /// <param name="Position">Of the append's last event; <c>null</c>: it had none.</param>
    public sealed record Success(ulong? Revision, ulong? Position) : Appended;

    /// <param name="Revision">Of the stream; <c>null</c>: it is not there.</param>
    public sealed record Conflict(ulong? Revision) : Appended;

    public sealed record Deleted : Appended;

    public sealed record TooLarge(int Most) : Appended;

    public sealed record TimedOut : Appended;

    public sealed record Denied : Appended;

    /// <param name="Why">What is wrong with what was asked.</param>
    public sealed record Bad(string Why) : Appended;

    /// <param name="Most">Bytes of one event: a limit of servers from 24.10 on.</param>
    public sealed record EventTooLarge(int Most) : Appended;

    public sealed record InvalidTransaction : Appended;
}

using System.Runtime.CompilerServices;

namespace Dlcs.Kernel.Events;

/// <summary>What a decider answers: the events to append, or why not. <c>[]</c> means nothing changes.</summary>
[CollectionBuilder(typeof(Decision), nameof(Accept))]
public sealed record Decision(IReadOnlyList<IEvent> Events, Rejection? Rejection = null)
{
    public static Decision Accept(ReadOnlySpan<IEvent> events) => new(events.ToArray());

    public static implicit operator Decision(Rejection rejection) => new([], rejection);

    public IEnumerator<IEvent> GetEnumerator() => Events.GetEnumerator();
}

/// <summary>A rule refused the command. How that reads over HTTP is decided where HTTP is known.</summary>
public sealed record Rejection(RejectionKind Kind, string Reason)
{
    public static Rejection Invalid(string reason) => new(RejectionKind.Invalid, reason);

    public static Rejection Forbidden(string reason) => new(RejectionKind.Forbidden, reason);

    public static Rejection NotFound(string reason) => new(RejectionKind.NotFound, reason);

    public static Rejection Conflict(string reason) => new(RejectionKind.Conflict, reason);
}

public enum RejectionKind { Invalid, Forbidden, NotFound, Conflict }

namespace Dlcs.Kernel.Events;

/// <summary>
/// An event of a type or schema that this program does not know, or with a content that it cannot read: perhaps a newer
/// one wrote it.
/// </summary>
public sealed record UnknownEvent(string Type, int Schema) : IEvent;

/// <summary>An event whose content was taken out by law. Folds pass over it; history shows that it was.</summary>
public sealed record RedactedEvent(string Type) : IEvent;

/// <summary>A fold met a type that it neither folds nor names as ignored. Whoever feeds it stops there.</summary>
public sealed class UnknownEventException(Recorded recorded) : Exception(
    $"{Name(recorded.Event)} (revision {recorded.Revision} of {recorded.Stream}) is unknown here")
{
    private static string Name(IEvent e) => e is UnknownEvent u ? $"{u.Type}, schema {u.Schema}," : e.GetType().Name;
}

namespace Dlcs.Kernel.Events;

public interface INamedQueryEvent : IEvent
{
    int Customer { get; }

    Guid Id { get; }
}

/// <param name="Global">Other customers may use it too.</param>
public sealed record NamedQueryDefined(int Customer, Guid Id, string Name, string Template, bool Global = false)
    : INamedQueryEvent;

public sealed record NamedQueryChanged(int Customer, Guid Id, string Template) : INamedQueryEvent;

public sealed record NamedQueryRemoved(int Customer, Guid Id) : INamedQueryEvent;

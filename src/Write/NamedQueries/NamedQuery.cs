using Dlcs.Kernel.Events;

namespace Dlcs.Write.NamedQueries;

/// <summary>What deciders need to know of the named query of one name.</summary>
/// <param name="Id">Empty while there is none.</param>
public sealed record NamedQuery(Guid Id, string Name, string Template) : IState<NamedQuery>
{
    public static NamedQuery Initial { get; } = new(Guid.Empty, "", "");

    public bool Exists => Id != Guid.Empty;

    /// <summary>Whether it is there under that id: another one may have taken the name since.</summary>
    public bool Is(Guid id) => Exists && Id == id;

    public static NamedQuery Evolve(NamedQuery query, Recorded recorded) => recorded.Event switch
    {
        NamedQueryDefined e => new(e.Id, e.Name, e.Template),
        NamedQueryChanged e => query with { Template = e.Template },
        NamedQueryRemoved => Initial,
        RedactedEvent => query,
        _ => throw new UnknownEventException(recorded),
    };
}

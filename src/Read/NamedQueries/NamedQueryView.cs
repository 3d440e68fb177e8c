using Dlcs.Kernel.Events;

namespace Dlcs.Read.NamedQueries;

/// <summary>A named query as it stands.</summary>
/// <param name="Revision">Of the last event folded.</param>
public sealed record NamedQueryView(
    int Customer, Guid Id, string Name, string Template, bool Global, long Revision) : IView<NamedQueryView>
{
    public static string Key(int customer, Guid id) => FormattableString.Invariant($"{customer}/{id}");

    public static IReadOnlyList<string> Keys(Recorded recorded) => recorded.Event switch
    {
        INamedQueryEvent e => [Key(e.Customer, e.Id)],
        ICustomerEvent or ISpaceEvent or IBatchEvent or IImageEvent or IClaimEvent or RedactedEvent => [],
        _ => throw new UnknownEventException(recorded),
    };

    public static NamedQueryView? Evolve(string key, NamedQueryView? view, Recorded recorded) =>
        (recorded.Event, view) switch
        {
            (NamedQueryDefined e, _) => new(e.Customer, e.Id, e.Name, e.Template, e.Global, recorded.Revision),
            (NamedQueryChanged e, not null) => view with { Template = e.Template, Revision = recorded.Revision },
            (NamedQueryRemoved, _) => null,
            (RedactedEvent, _) => view,
            _ => throw new UnknownEventException(recorded),
        };
}

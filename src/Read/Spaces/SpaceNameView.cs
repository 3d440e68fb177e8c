using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Read.Spaces;

/// <summary>What a space is called. Its past is kept: a manifest as it was is of the space called so then.</summary>
public sealed record SpaceNameView(SpaceId Id, string Name, bool Deleted = false) : IView<SpaceNameView>
{
    public static IReadOnlyList<string> Keys(Recorded recorded) => recorded.Event switch
    {
        SpaceDefaultsChanged => [],
        ISpaceEvent e => [e.Id.ToString()],
        IImageEvent or ICustomerEvent or IBatchEvent or INamedQueryEvent or IClaimEvent or RedactedEvent => [],
        _ => throw new UnknownEventException(recorded),
    };

    public static SpaceNameView? Evolve(string key, SpaceNameView? view, Recorded recorded) =>
        (recorded.Event, view) switch
        {
            (SpaceCreated e, _) => new(e.Id, e.Name),
            (SpaceRenamed e, not null) => view with { Name = e.Name },
            (SpaceDeleted, not null) => view with { Deleted = true },
            (SpaceReopened, not null) => view with { Deleted = false },
            (SpaceClosing or RedactedEvent, _) => view,
            _ => throw new UnknownEventException(recorded),
        };
}

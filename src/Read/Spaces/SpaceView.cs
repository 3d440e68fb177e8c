using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Read.Spaces;

/// <summary>A space as the API shows it.</summary>
/// <param name="Images">How many images it holds. A fold: it cannot drift.</param>
/// <param name="Deleted">Nobody sees it any more; a registration that crossed its deletion reopens it.</param>
public sealed record SpaceView(
    SpaceId Id, string Name, DateTimeOffset Created, IReadOnlyList<string> DefaultTags,
    IReadOnlyList<string> DefaultRoles, int MaxUnauthorised, long Images,
    bool Deleted = false) : IView<SpaceView>
{
    public static IReadOnlyList<string> Keys(Recorded recorded) => recorded.Event switch
    {
        ISpaceEvent e => [e.Id.ToString()],
        ImageRegistered { Before: null } e => [e.Id.Space.ToString()],
        ImageDeleted e => [e.Id.Space.ToString()],
        IImageEvent or ICustomerEvent or IBatchEvent or INamedQueryEvent or IClaimEvent or RedactedEvent => [],
        _ => throw new UnknownEventException(recorded),
    };

    public static SpaceView? Evolve(string key, SpaceView? view, Recorded recorded) => (recorded.Event, view) switch
    {
        (SpaceCreated e, _) => new(
            e.Id, e.Name, recorded.Metadata.At, e.DefaultTags, e.DefaultRoles, e.MaxUnauthorised, Images: 0),
        (SpaceRenamed e, not null) => view with { Name = e.Name },
        (SpaceDefaultsChanged e, not null) => view with
        {
            DefaultTags = e.DefaultTags,
            DefaultRoles = e.DefaultRoles,
            MaxUnauthorised = e.MaxUnauthorised,
        },
        (SpaceClosing, _) => view,
        (SpaceReopened, not null) => view with { Deleted = false },
        (SpaceDeleted, not null) => view with { Deleted = true },
        (ImageRegistered, not null) => view with { Images = view.Images + 1 },
        (ImageDeleted, not null) => view with { Images = view.Images - 1 },
        (RedactedEvent, _) => view,
        _ => throw new UnknownEventException(recorded),
    };
}

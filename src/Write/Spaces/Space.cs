using System.Collections.Immutable;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write.Claims;

namespace Dlcs.Write.Spaces;

public enum SpaceStatus { Unknown, Open, Closing, Deleted }

/// <summary>What deciders need to know of a space.</summary>
/// <param name="Claim">The claim by which it bears its name.</param>
/// <param name="Claims">Every claim whose event came.</param>
/// <param name="Closer">The command that closed it last.</param>
/// <param name="Nameless">Deleted, it lost its name, and has not taken one again.</param>
public sealed record Space(
    SpaceId Id, SpaceStatus Status, string Name, Guid Claim, ImmutableHashSet<Guid> Claims,
    IReadOnlyList<string> DefaultTags, IReadOnlyList<string> DefaultRoles, int MaxUnauthorised,
    Guid Closer = default, bool Nameless = false)
    : IState<Space>, IBearer
{
    public static Space Initial { get; } = new(default, SpaceStatus.Unknown, "", Guid.Empty, [], [], [], -1);

    public bool Exists => Status is SpaceStatus.Open or SpaceStatus.Closing;

    /// <summary>Why it takes no images; <c>null</c> when it does.</summary>
    public static Rejection? Refuses(SpaceId id, Space space) => space.Status switch
    {
        SpaceStatus.Open => null,
        SpaceStatus.Closing => Rejection.Conflict($"space {id.Space} is being deleted"),
        _ => Rejection.NotFound($"there is no space {id.Space}"),
    };

    public bool Saw(Guid claim) => Claims.Contains(claim);

    public bool Bears(StreamName name, Guid claim) =>
        Exists && claim == Claim && name == StreamName.SpaceName(Id.Customer, Name);

    public bool Takes(IEvent then) => then is SpaceCreated ? Status is SpaceStatus.Unknown : Exists;

    public static Space Evolve(Space space, Recorded recorded) => recorded.Event switch
    {
        SpaceCreated e => new(
            e.Id, SpaceStatus.Open, e.Name, e.Claim, [e.Claim], e.DefaultTags, e.DefaultRoles, e.MaxUnauthorised),
        SpaceRenamed e => space with
        {
            Name = e.Name,
            Claim = e.Claim,
            Claims = space.Claims.Add(e.Claim),
            Nameless = false,
        },
        SpaceDefaultsChanged e => space with
        {
            DefaultTags = e.DefaultTags,
            DefaultRoles = e.DefaultRoles,
            MaxUnauthorised = e.MaxUnauthorised,
        },
        SpaceClosing => space with { Status = SpaceStatus.Closing, Closer = recorded.Metadata.Command },
        SpaceReopened => space with { Status = SpaceStatus.Open },
        SpaceDeleted => space with { Status = SpaceStatus.Deleted, Nameless = true },
        RedactedEvent => space,
        _ => throw new UnknownEventException(recorded),
    };
}

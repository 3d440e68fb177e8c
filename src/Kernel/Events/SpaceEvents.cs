namespace Dlcs.Kernel.Events;

public interface ISpaceEvent : IEvent
{
    SpaceId Id { get; }
}

/// <param name="Claim">The claim on its name that this completes.</param>
/// <param name="MaxUnauthorised">-1: nothing is closed by it.</param>
public sealed record SpaceCreated(
    SpaceId Id, Guid Claim, string Name, IReadOnlyList<string> DefaultTags, IReadOnlyList<string> DefaultRoles,
    int MaxUnauthorised = -1) : ISpaceEvent;

public sealed record SpaceRenamed(SpaceId Id, Guid Claim, string Name) : ISpaceEvent;

/// <summary>What is registered into it from here on takes these. Each is the whole new value.</summary>
public sealed record SpaceDefaultsChanged(
    SpaceId Id, IReadOnlyList<string> DefaultTags, IReadOnlyList<string> DefaultRoles, int MaxUnauthorised)
    : ISpaceEvent;

/// <summary>
/// It takes no images from here on. What follows is <see cref="SpaceDeleted"/> when it is empty, else
/// <see cref="SpaceReopened"/>.
/// </summary>
public sealed record SpaceClosing(SpaceId Id) : ISpaceEvent;

public sealed record SpaceReopened(SpaceId Id) : ISpaceEvent;

public sealed record SpaceDeleted(SpaceId Id) : ISpaceEvent;

using System.Text.Json;

namespace Dlcs.Kernel.Events;

public interface IClaimEvent : IEvent
{
    Guid Claim { get; }
}

/// <summary>
/// A name is spoken for. It carries all that is needed to finish what it was claimed for, so that whoever meets it
/// half done completes it.
/// </summary>
/// <param name="Owner">The stream of the aggregate that is to bear the name.</param>
/// <param name="Then">The event that is to follow in that stream.</param>
public sealed record NameClaimed(Guid Claim, string Name, string Owner, ClaimedFor Then) : IClaimEvent;

/// <summary>The name is free again.</summary>
public sealed record NameReleased(Guid Claim) : IClaimEvent;

/// <summary>An event that is yet to be appended, by its name on the wire.</summary>
public sealed record ClaimedFor(string Type, JsonElement Content);

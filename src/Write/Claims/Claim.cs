using System.Collections.Immutable;
using Dlcs.Kernel.Events;

namespace Dlcs.Write.Claims;

/// <summary>Who holds a name.</summary>
/// <param name="Held">The claim that holds it now, as recorded.</param>
/// <param name="GivenUp">Claims that hold it no more, or never will.</param>
public sealed record Claim(Recorded? Held, ImmutableHashSet<Guid> GivenUp) : IState<Claim>
{
    public static Claim Initial { get; } = new(null, []);

    public Guid? Holder => (Held?.Event as NameClaimed)?.Claim;

    public static Claim Evolve(Claim claim, Recorded recorded) => recorded.Event switch
    {
        NameClaimed => claim with { Held = recorded },
        NameReleased e => new(claim.Holder == e.Claim ? null : claim.Held, claim.GivenUp.Add(e.Claim)),
        RedactedEvent => claim,
        _ => throw new UnknownEventException(recorded),
    };
}

using Dlcs.Kernel.Events;

namespace Dlcs.Write.Claims;

/// <summary>Claims one name of a bid.</summary>
/// <param name="Name">How the bid spells it.</param>
/// <param name="Standing">What was found out about the claim in its way, if one was met.</param>
/// <param name="HoldsOthers">The bid holds another name already.</param>
public sealed record TakeName(Bid Bid, string Name, Standing? Standing, bool HoldsOthers)
{
    public static Decision Decide(TakeName command, Claim claim) => command.Judge(claim) switch
    {
        Verdict.Free => [command.Bid.On(command.Name)],
        Verdict.Stale => [new NameReleased(claim.Holder!.Value), command.Bid.On(command.Name)],
        // Said for good, before the other name is let go: else one who meets that name and completes the bid could
        // still win this one, should it come free.
        Verdict.Taken when command.HoldsOthers => [new NameReleased(command.Bid.Claim)],
        _ => [],
    };

    public Verdict Judge(Claim claim) =>
        claim.GivenUp.Contains(Bid.Claim) ? Verdict.GivenUp
        : claim.Holder is not { } holder ? Verdict.Free
        : holder == Bid.Claim ? Verdict.Held
        : holder != Standing?.Claim ? Verdict.Unknown
        : Standing.IsBorne ? Verdict.Taken
        : Verdict.Stale;
}

/// <param name="IsBorne">Its owner bears the name; otherwise the claim may be taken over.</param>
public sealed record Standing(Guid Claim, bool IsBorne);

/// <summary>How a name stands towards a bid.</summary>
public enum Verdict
{
    /// <summary>A claim is in the way of which nothing is known yet.</summary>
    Unknown,
    Free,
    Held,
    Taken,
    Stale,

    /// <summary>The bid is over.</summary>
    GivenUp,
}

using Dlcs.Kernel.Events;
using Dlcs.Write.Customers;
using Dlcs.Write.Spaces;

namespace Dlcs.Write.Claims;

/// <summary>
/// Names are unique by streams of their own: first the name is claimed (its stream has one end, so one wins), then the
/// owner's event is appended, then the old name is released. Whoever meets a claim whose owner did not get its event
/// yet appends it, for the claim carries it; when the owner can no longer take it, the claim is taken over. A bid is
/// given up only when its event is out of reach for good, so that nobody can complete it later.
/// </summary>
public sealed class Claiming(IEventStore store, Metadata metadata)
{
    /// <summary>Claims every name of the bid.</summary>
    /// <returns><c>false</c> when another bears one of them; then the bid holds none, and never will.</returns>
    public async Task<bool> Hold(Bid bid, CancellationToken ct)
    {
        var holdsOthers = false;
        foreach (var (stream, name) in bid.Names)
        {
            if (!await Hold(new TakeName(bid, name, Standing: null, holdsOthers), stream, ct))
            {
                await GiveUp(bid, ct);
                return false;
            }
            holdsOthers = true;
        }
        return true;
    }

    /// <summary>Releases the names of a bid whose event the owner can never take.</summary>
    public async Task GiveUp(Bid bid, CancellationToken ct)
    {
        foreach (var (stream, _) in bid.Names) await Release(stream, bid.Claim, ct);
    }

    public Task Release(StreamName name, Guid held, CancellationToken ct) => store.Decide<Claim>(
        name, metadata, claim => claim.Holder == held ? [new NameReleased(held)] : [], ct);

    /// <summary>Frees the name that its owner bore before. Left undone, whoever wants the name takes it over.</summary>
    public Task ReleaseOld(Guid won, StreamName old, Guid held, CancellationToken ct) =>
        held == won ? Task.CompletedTask : Release(old, held, ct);

    private async Task<bool> Hold(TakeName command, StreamName stream, CancellationToken ct)
    {
        while (true)
        {
            var (claim, _, _) = await store.Decide<Claim>(stream, metadata, c => TakeName.Decide(command, c), ct);
            switch (command.Judge(claim))
            {
                case Verdict.Unknown:
                    var isBorne = await IsBorne(claim.Held!, stream, command.Bid, ct);
                    command = command with { Standing = new(claim.Holder!.Value, isBorne) };
                    break;
                case Verdict.Taken or Verdict.GivenUp:
                    return false;
                default:
                    return true;
            }
        }
    }

    /// <summary>Whether the claim's owner bears the name: completes what it was claimed for, where it can.</summary>
    private async Task<bool> IsBorne(Recorded held, StreamName stream, Bid by, CancellationToken ct)
    {
        var other = Bid.Of((NameClaimed)held.Event);
        while (true)
        {
            var owner = await Owner(other.Owner, ct);
            if (owner.Saw(other.Claim))
                return owner.Bears(stream, other.Claim) && !(by.IsRename && by.Owner == other.Owner);
            if (!owner.Takes(other.Then)) return false;

            // Still the doing of whoever claimed it, under ids of our own.
            var theirs = held.Metadata with { Command = metadata.Command, At = metadata.At, Causation = held.Id };
            if (!await new Claiming(store, theirs).Hold(other, ct)) return false;
            await Complete(other, theirs, ct);
        }
    }

    private async Task<IBearer> Owner(StreamName owner, CancellationToken ct) => IsSpace(owner)
        ? (await store.Fold<Space>(owner, ct)).State
        : (await store.Fold<Customer>(owner, ct)).State;

    private Task Complete(Bid bid, Metadata theirs, CancellationToken ct) => IsSpace(bid.Owner)
        ? store.Decide<Space>(bid.Owner, theirs, space => Complete(bid, space), ct)
        : store.Decide<Customer>(bid.Owner, theirs, customer => Complete(bid, customer), ct);

    private static Decision Complete(Bid bid, IBearer owner) =>
        owner.Saw(bid.Claim) || !owner.Takes(bid.Then) ? [] : [bid.Then];

    private static bool IsSpace(StreamName owner) => owner.Category == "space";
}

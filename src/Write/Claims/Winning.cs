using Dlcs.Kernel.Events;

namespace Dlcs.Write.Claims;

/// <summary>Claim, then event: the way of every command that gives a name.</summary>
internal static class Winning
{
    extension(IEventStore store)
    {
        /// <param name="decide">Decides on the bid's event, once its names are held.</param>
        /// <returns>
        /// Whether a name is taken by another; otherwise what was decided. A rejection there means that the event is
        /// out of reach; the names are free again then.
        /// </returns>
        public async Task<(bool Taken, Decided<TState>? Decided)> Win<TState>(
            Bid bid, Metadata metadata, Func<TState, Decision> decide, CancellationToken ct)
            where TState : IState<TState>, IBearer
        {
            var claiming = new Claiming(store, metadata);
            if (!await claiming.Hold(bid, ct)) return (true, null);

            var decided = await store.Decide(bid.Owner, metadata, decide, ct);
            if (decided.Decision.Rejection is not null) await claiming.GiveUp(bid, ct);
            return (false, decided);
        }
    }
}

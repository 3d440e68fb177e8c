using System.Diagnostics;

namespace Dlcs.Kernel.Events;

/// <summary>A decision, and the state that it was taken on. No position: nothing was appended.</summary>
public sealed record Decided<TState>(TState Before, Decision Decision, Position? Position);

public static class Deciding
{
    /// <summary>How long a decision is taken again while others come first.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    extension(IEventStore store)
    {
        public async Task<(TState State, long Revision)> Fold<TState>(StreamName stream, CancellationToken ct)
            where TState : IState<TState>
        {
            var (state, revision) = (TState.Initial, -1L);
            await foreach (var recorded in store.Read(stream, ct))
                (state, revision) = (TState.Evolve(state, recorded), recorded.Revision);
            return (state, revision);
        }

        /// <summary>Reads, folds, decides, appends at the revision it read; again when another came first.</summary>
        /// <exception cref="RevisionConflictException">Others came first during <see cref="Patience"/>.</exception>
        public async Task<Decided<TState>> Decide<TState>(
            StreamName stream, Metadata metadata, Func<TState, Decision> decide, CancellationToken ct)
            where TState : IState<TState>
        {
            var began = Stopwatch.GetTimestamp();
            for (var tried = 1; ; tried++)
            {
                var (state, revision, first) = (TState.Initial, -1L, 0);
                await foreach (var recorded in store.Read(stream, ct))
                {
                    (state, revision) = (TState.Evolve(state, recorded), recorded.Revision);
                    if (recorded.Metadata.Command == metadata.Command) first++; // event ids of one command count on
                }
                var decision = decide(state);
                if (decision.Events is []) return new(state, decision, Position: null);

                try
                {
                    var append = new Append(stream, revision, decision.Events, metadata, first);
                    return new(state, decision, await store.Append(append, ct));
                }
                catch (RevisionConflictException) when (Stopwatch.GetElapsedTime(began) < Patience)
                {
                    // Losers spread out, ever wider, or they meet again.
                    await Task.Delay(Backoff.Pause(tried, least: 2, most: 160), ct);
                }
            }
        }
    }
}

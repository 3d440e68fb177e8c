using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write.Claims;

namespace Dlcs.Write.Spaces;

/// <summary>
/// A registration reads the space before it appends; a deletion that closed it in between may have found it empty.
/// Whoever registered looks again afterwards, and reopens: what was answered with 201 is never lost.
/// </summary>
public static class KeepingOpen
{
    /// <summary>Closed or deleted meanwhile: it is open again.</summary>
    public static Decision Decide(SpaceId id, Space space) =>
        space.Status is SpaceStatus.Closing or SpaceStatus.Deleted ? [new SpaceReopened(id)] : [];

    /// <returns>Where the last reopening stands; <c>null</c> when all were open, as they nearly always are.</returns>
    public static async Task<Position?> KeepOpen(
        this IEventStore store, IEnumerable<SpaceId> spaces, Metadata metadata, CancellationToken ct)
    {
        Position? last = null;
        var ids = spaces.Distinct().ToList();
        var streams = await store.ReadMany([.. ids.Select(id => id.Stream)], ct);
        foreach (var (id, stream) in ids.Zip(streams))
        {
            var space = stream.Aggregate(Space.Initial, Space.Evolve);
            if (space.Nameless || Decide(id, space) is not { Events: [] })
                last = await Reopen(store, id, metadata, ct);
        }
        return last;
    }

    private static async Task<Position?> Reopen(IEventStore store, SpaceId id, Metadata metadata, CancellationToken ct)
    {
        var (before, _, reopened) = await store.Decide<Space>(id.Stream, metadata, space => Decide(id, space), ct);
        return before.Nameless ? await Rename(store, before, metadata, ct) : reopened;
    }

    /// <summary>Deleted, it lost its name: it takes it again, or, when another was faster, one like it.</summary>
    private static async Task<Position?> Rename(IEventStore store, Space space, Metadata metadata, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            var another = FormattableString.Invariant($"{space.Name} ({space.Id.Space}.{attempt})");
            var name = attempt == 0 ? space.Name : another;
            var renamed = new SpaceRenamed(space.Id, NamedGuid.Of(metadata.Command, $"{space.Id.Stream} {name}"), name);
            var (taken, decided) = await store.Win<Space>(
                Bid.For(renamed), metadata, state => Rename(renamed, state), ct);
            if (!taken) return decided!.Position;
        }
    }

    private static Decision Rename(SpaceRenamed renamed, Space space) =>
        space.Saw(renamed.Claim) ? []
        : space.Exists ? [renamed]
        : Rejection.NotFound($"space {renamed.Id.Space} was deleted again");
}

using System.Collections.Immutable;
using Dlcs.Kernel.Events;

namespace Dlcs.Write.Batches;

/// <summary>What must be known of a batch to finish it.</summary>
/// <param name="Submitted">Absent as long as it does not exist.</param>
/// <param name="PassedOver">Places of members that get no registration.</param>
public sealed record Batch(
    ImmutableList<ImageDescription> Members, Recorded? Submitted, ImmutableHashSet<int> PassedOver) : IState<Batch>
{
    public static Batch Initial { get; } = new([], null, []);

    public static Batch Evolve(Batch batch, Recorded recorded) => recorded.Event switch
    {
        BatchMembersAdded e => batch with { Members = batch.Members.AddRange(e.Members) },
        BatchSubmitted => batch with { Submitted = recorded },
        BatchMembersPassedOver e => batch with { PassedOver = batch.PassedOver.Union(e.Members) },
        RedactedEvent => batch,
        _ => throw new UnknownEventException(recorded),
    };
}

using Dlcs.Kernel.Events;
using Dlcs.Write.Images;
using Dlcs.Write.Spaces;

namespace Dlcs.Write.Batches;

/// <summary>
/// Gives every member of a submitted batch its registration. What stands in the batch's stream decides all of it, so
/// it may be run at any time, by anyone, again and again: a member that has its registration gets no other.
/// </summary>
public static class CompleteBatch
{
    /// <summary>For a batch that its own request may have left unfinished.</summary>
    /// <returns>Where the last event appended stands; <c>null</c> when nothing was to be done.</returns>
    public static async Task<Position?> Run(IEventStore store, int batch, DateTimeOffset now, CancellationToken ct)
    {
        var (state, _) = await store.Fold<Batch>(StreamName.Batch(batch), ct);
        if (state.Submitted is not { Event: BatchSubmitted e } submitted) return null;

        var metadata = submitted.Metadata with { Causation = submitted.Id, At = Metadata.Whole(now) };
        return await Register(store, e, state.Members, metadata, ct);
    }

    /// <param name="metadata">Of the batch's command: it decides the ids of the registrations.</param>
    internal static async Task<Position?> Register(
        IEventStore store, BatchSubmitted batch, IReadOnlyList<ImageDescription> members, Metadata metadata,
        CancellationToken ct)
    {
        var lane = batch.Priority ? Lane.Priority : Lane.Normal;
        var waiting = members.Select((member, i) => new RegisterImage(
            member, RegistrationOf(metadata.Command, i), lane, batch.Batch, i)).ToList();
        Position? last = null;
        while (waiting.Count > 0)
        {
            var streams = await store.ReadMany([.. waiting.Select(command => command.Image.Id.Stream)], ct);
            var due = waiting.Zip(streams, (c, stream) => (Command: c, Append: Append(c, stream, metadata)))
                .Where(w => w.Append is not null).ToList();
            var positions = await store.AppendMany([.. due.Select(w => w.Append!)], ct);

            last = positions.Append(last).Max();
            waiting = [.. due.Zip(positions).Where(w => w.Second is null).Select(w => w.First.Command)];
            if (waiting.Count > 0) await Task.Delay(Random.Shared.Next(1, 20), ct);
        }

        var reopened = await store.KeepOpen(members.Select(m => m.Id.Space), metadata, ct);
        return reopened ?? last;
    }

    /// <summary>The id of a member's registration: the same, whoever completes the batch.</summary>
    public static Guid RegistrationOf(Guid command, int member) =>
        NamedGuid.Of(command, FormattableString.Invariant($"member {member}"));

    private static Append? Append(RegisterImage command, IReadOnlyList<Recorded> stream, Metadata metadata)
    {
        var image = stream.Aggregate(Image.Initial, Image.Evolve);
        var events = RegisterImage.Decide(command, image).Events;
        var revision = stream is [.., var end] ? end.Revision : -1;
        return events is [] ? null : new(command.Image.Id.Stream, revision, events, metadata);
    }
}

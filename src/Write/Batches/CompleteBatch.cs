using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write.Images;
using Dlcs.Write.Spaces;

namespace Dlcs.Write.Batches;

/// <summary>
/// Gives every member of a submitted batch its registration. What stands in the streams decides all of it, so it may be
/// run at any time, by anyone, again and again: a member that has its registration gets no other. Where it comes late,
/// one whose image a client has changed since the batch was submitted is passed over: what was said last holds.
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
        return await Register(store, e, state.Members, metadata, submitted.Metadata.At, ct);
    }

    /// <param name="metadata">Of the batch's command: it decides the ids of the registrations.</param>
    /// <param name="since">When the batch was submitted; <c>null</c> just now, and clocks need not be trusted.</param>
    internal static async Task<Position?> Register(
        IEventStore store, BatchSubmitted batch, IReadOnlyList<ImageDescription> members, Metadata metadata,
        DateTimeOffset? since, CancellationToken ct)
    {
        var (passedOver, homes) = (new List<int>(), new HashSet<SpaceId>());
        var lane = batch.Priority ? Lane.Priority : Lane.Normal;
        var waiting = members.Select((member, i) => new RegisterImage(
            member, RegistrationOf(metadata.Command, i), lane, batch.Batch, i)).ToList();
        Position? last = null;
        while (waiting.Count > 0)
        {
            var streams = await store.ReadMany([.. waiting.Select(command => command.Image.Id.Stream)], ct);
            var due = waiting.Zip(streams)
                .Where(w => !IsMovedOn(w.First, w.Second, since, passedOver))
                .Select(w => (Command: w.First, Append: Append(w.First, w.Second, metadata)))
                .Where(w => w.Append is not null).ToList();
            homes.UnionWith(waiting.Zip(streams).Where(w => Stands(w.First, w.Second)).Select(w => HomeOf(w.First)));
            var positions = await store.AppendMany([.. due.Select(w => w.Append!)], ct);

            homes.UnionWith(due.Zip(positions).Where(w => w.Second is not null).Select(w => HomeOf(w.First.Command)));
            last = positions.Append(last).Max();
            waiting = [.. due.Zip(positions).Where(w => w.Second is null).Select(w => w.First.Command)];
            if (waiting.Count > 0) await Task.Delay(Random.Shared.Next(1, 20), ct);
        }

        if (passedOver is not [])
            last = await PassOver(store, batch, members, passedOver, metadata, ct) ?? last;
        var reopened = await store.KeepOpen(homes, metadata, ct); // of those that are there: others may be deleted
        return reopened ?? last;
    }

    /// <summary>The id of a member's registration: the same, whoever completes the batch.</summary>
    public static Guid RegistrationOf(Guid command, int member) =>
        NamedGuid.Of(command, FormattableString.Invariant($"member {member}"));

    private static SpaceId HomeOf(RegisterImage command) => command.Image.Id.Space;

    /// <summary>Whether it was registered before, and is there.</summary>
    private static bool Stands(RegisterImage command, IReadOnlyList<Recorded> stream) =>
        IsRegistered(command.Registration, stream) && stream.Aggregate(Image.Initial, Image.Evolve).Exists;

    private static bool IsRegistered(Guid registration, IReadOnlyList<Recorded> stream) =>
        stream.Any(r => r.Event is ImageRegistered e && e.Registration == registration);

    private static bool IsMovedOn(
        RegisterImage command, IReadOnlyList<Recorded> stream, DateTimeOffset? since, List<int> passedOver)
    {
        var isMovedOn = stream.Any(r => r.Metadata.At > since && IsLater(r.Event, command.Batch!.Value))
            && !IsRegistered(command.Registration, stream);
        if (isMovedOn) passedOver.Add(command.Member!.Value);
        return isMovedOn;
    }

    /// <summary>Batches are numbered as they come: what an earlier one registers, late too, is older.</summary>
    private static bool IsLater(IEvent e, int batch) => e switch
    {
        ImageRegistered { Batch: { } other } => other > batch,
        ImageRegistered or ImageDescribed or ImageDeleted => true,
        _ => false,
    };

    /// <summary>Not those that the batch's own request, should it be slow, has registered meanwhile.</summary>
    private static async Task<Position?> PassOver(
        IEventStore store, BatchSubmitted batch, IReadOnlyList<ImageDescription> all, IReadOnlyList<int> some,
        Metadata metadata, CancellationToken ct)
    {
        var streams = await store.ReadMany([.. some.Select(m => all[m].Id.Stream)], ct);
        var members = some.Zip(streams)
            .Where(m => !IsRegistered(RegistrationOf(metadata.Command, m.First), m.Second))
            .Select(m => m.First).ToList();
        if (members is []) return null;
        var command = NamedGuid.Of(metadata.Command, $"passed over {string.Join(',', members)}");
        var (_, _, position) = await store.Decide<Batch>(
            StreamName.Batch(batch.Batch), metadata with { Command = command },
            state => members.Except(state.PassedOver).ToList() is { Count: > 0 } more
                ? [new BatchMembersPassedOver(batch.Batch, batch.Customer, more)] : [],
            ct);
        return position;
    }

    private static Append? Append(RegisterImage command, IReadOnlyList<Recorded> stream, Metadata metadata)
    {
        var image = stream.Aggregate(Image.Initial, Image.Evolve);
        var events = RegisterImage.Decide(command, image).Events;
        var revision = stream is [.., var end] ? end.Revision : -1;
        return events is [] ? null : new(command.Image.Id.Stream, revision, events, metadata);
    }
}

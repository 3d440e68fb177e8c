using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Write.Finishing;

/// <summary>
/// What the log shows begun and not finished: batches whose members lack registrations, spaces left closing. Told of
/// every event in order; most work finishes by itself, and then nothing is ever read for it.
/// </summary>
public sealed class Unfinished
{
    private readonly Dictionary<int, (Begun Begun, int Missing)> batches = [];
    private readonly Dictionary<SpaceId, Begun> spaces = [];

    /// <param name="seen">When it was read: a request may be under way for long before it begins anything.</param>
    public void Fold(Checkpoint before, LogEntry entry, DateTimeOffset seen)
    {
        var begun = new Begun(before, entry, seen);
        switch (entry.Recorded.Event)
        {
            case BatchSubmitted e:
                batches[e.Batch] = (begun, e.Count);
                break;
            case ImageRegistered { Batch: { } batch }:
                Came(batch, 1);
                break;
            case BatchMembersPassedOver e:
                Came(e.Batch, e.Members.Count);
                break;
            case SpaceClosing e:
                spaces[e.Id] = begun;
                break;
            case SpaceReopened e:
                spaces.Remove(e.Id);
                break;
            case SpaceDeleted e:
                spaces.Remove(e.Id);
                break;
        }
    }

    /// <summary>All that was told is void.</summary>
    public void Forget()
    {
        batches.Clear();
        spaces.Clear();
    }

    /// <summary>It was finished: nothing more need be told of it.</summary>
    public void Close(LogEntry begun)
    {
        if (begun.Recorded.Event is BatchSubmitted b && batches.TryGetValue(b.Batch, out var batch)
            && batch.Begun.Entry.Position == begun.Position) batches.Remove(b.Batch);
        if (begun.Recorded.Event is SpaceClosing s && spaces.TryGetValue(s.Id, out var space)
            && space.Entry.Position == begun.Position) spaces.Remove(s.Id);
    }

    /// <summary>What was seen begun before that time, oldest first.</summary>
    public IReadOnlyList<LogEntry> Since(DateTimeOffset time) =>
        [.. All().Where(b => b.Seen <= time).Select(b => b.Entry).OrderBy(e => e.Position)];

    /// <summary>Up to where everything is finished.</summary>
    /// <param name="read">Up to where events were told.</param>
    public Checkpoint FinishedUpTo(Checkpoint read) =>
        All().Select(b => b.Before).Append(read).MinBy(c => c.Position);

    private void Came(int batch, int members)
    {
        if (!batches.TryGetValue(batch, out var known)) return;
        if (known.Missing > members) batches[batch] = known with { Missing = known.Missing - members };
        else batches.Remove(batch);
    }

    private IEnumerable<Begun> All() => batches.Values.Select(b => b.Begun).Concat(spaces.Values);

    /// <param name="Before">Where to begin reading in order to meet the entry again.</param>
    private readonly record struct Begun(Checkpoint Before, LogEntry Entry, DateTimeOffset Seen);
}

using System.Text;
using EventStoreDb.Wire;

namespace Dlcs.Integration.Log.Loopback;

/// <summary>What EventStoreDB keeps on disk, in memory: it outlives the servers that serve it.</summary>
internal sealed class LoopbackLog
{
    private readonly List<StoredEvent> all;
    private readonly Dictionary<string, LoopbackStream> streams;
    private readonly List<LiveReader> live = [];
    private readonly Lock access = new();
    private int droppedAndGone;
    private ulong end = 1187; // records of its own come first

    public LoopbackLog() => (all, streams) = ([], []);

    private LoopbackLog(List<StoredEvent> all, Dictionary<string, LoopbackStream> streams) =>
        (this.all, this.streams, end) = (all, streams, all[^1].End);

    public int MaximumAppendSize { get; set; } = 1_048_576;

    /// <summary>Where the next record will begin.</summary>
    public ulong End
    {
        get
        {
            lock (access) return end;
        }
    }

    /// <summary>How many readers are told of what comes.</summary>
    public int Live
    {
        get
        {
            lock (access) return live.Count;
        }
    }

    /// <summary>How many readers were too slow.</summary>
    public int Dropped
    {
        get
        {
            lock (access) return live.Count(r => r.Dropped) + droppedAndGone;
        }
    }

    public Appended Append(string name, Expected expected, IReadOnlyList<ProposedMessage> events)
    {
        lock (access)
        {
            var stream = streams.TryGetValue(name, out var there) ? there : new();
            if (stream.Tombstoned) return new Appended.Deleted();
            if (events.Sum(Size) > MaximumAppendSize) return new Appended.TooLarge(MaximumAppendSize);
            if (stream.Same(expected, [.. events.Select(e => Spelling.Read(e.Id))]) is { } already)
                return new Appended.Success(already.Revision, already.Position);
            if (!stream.IsAt(expected)) return new Appended.Conflict(stream.Revision);
            if (events is []) return new Appended.Success(stream.Revision, null);

            streams[name] = stream;
            foreach (var e in events) Add(name, stream, e);
            return new Appended.Success(stream.Revision, stream.Events[^1].Position);
        }
    }

    /// <summary>As it was when the event there was its last; what is appended to it is not in this one.</summary>
    public LoopbackLog Backup(ulong upTo)
    {
        lock (access)
        {
            List<StoredEvent> kept = [.. all.Where(e => e.Position <= upTo)];
            return new(kept, kept.GroupBy(e => e.Stream).ToDictionary(s => s.Key, s => new LoopbackStream([.. s])));
        }
    }

    /// <summary>Hides what is there (<paramref name="forever"/>: and lets nothing come again).</summary>
    public Appended Delete(string name, Expected expected, bool forever)
    {
        lock (access)
        {
            var stream = streams.TryGetValue(name, out var there) ? there : new();
            if (stream.Tombstoned) return new Appended.Deleted();
            if (!stream.IsAt(expected)) return new Appended.Conflict(stream.Revision);
            (stream.Kept, stream.Tombstoned) = (stream.Events.Count, forever);
            streams[name] = stream;
            return new Appended.Success(stream.Revision, end);
        }
    }

    /// <summary>The stream as it is now; <c>null</c>: it is not there.</summary>
    public LoopbackStream? Stream(string name)
    {
        lock (access) return streams.TryGetValue(name, out var stream) ? stream.Copy() : null;
    }

    public IReadOnlyList<StoredEvent> All()
    {
        lock (access) return [.. all];
    }

    /// <summary>What stands from there on, at most so much of it.</summary>
    public IReadOnlyList<StoredEvent> From(int index, int atMost)
    {
        lock (access) return index < all.Count ? all.GetRange(index, Math.Min(atMost, all.Count - index)) : [];
    }

    /// <summary>The index of the first event that stands at or behind a position.</summary>
    public int Index(ulong position)
    {
        lock (access)
        {
            var (low, high) = (0, all.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (all[middle].Position < position) low = middle + 1;
                else high = middle;
            }
            return low;
        }
    }

    /// <summary>Whether a record begins there, or may: other places a server cannot read from.</summary>
    public bool IsPlace(ulong position)
    {
        var index = Index(position);
        lock (access) return index < all.Count ? all[index].Position == position : position >= end;
    }

    /// <summary>From now on it is told of what comes, unless something came since it looked.</summary>
    /// <param name="seen">How many events it has seen.</param>
    public bool TryGoLive(LiveReader reader, int seen)
    {
        lock (access)
        {
            if (seen < all.Count) return false;
            live.Add(reader);
            return true;
        }
    }

    public void Leave(LiveReader reader)
    {
        lock (access)
        {
            if (live.Remove(reader) && reader.Dropped) droppedAndGone++;
        }
    }

    private void Add(string name, LoopbackStream stream, ProposedMessage e)
    {
        var next = end + 140 + (ulong)Size(e);
        var stored = new StoredEvent(
            Spelling.Read(e.Id), name, (ulong)stream.Events.Count, end, next, e.Metadata["type"],
            e.Metadata["content-type"] is "application/json" ? "application/json" : "application/octet-stream",
            e.Data, e.CustomMetadata,
            (TimeProvider.System.GetUtcNow().UtcDateTime - DateTime.UnixEpoch).Ticks);
        end = next;
        stream.Events.Add(stored);
        all.Add(stored);
        foreach (var reader in live) reader.Tell(stored);
    }

    private static int Size(ProposedMessage e) =>
        Encoding.UTF8.GetByteCount(e.Metadata["type"]) + e.Data.Length + e.CustomMetadata.Length;
}

using System.Runtime.CompilerServices;
using EventStoreDb.Wire;
using Google.Protobuf;
using Grpc.Core;
using static EventStoreDb.Wire.ReadResp.Types;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>Reads streams and the log, page by page, so that no call is open while the caller thinks.</summary>
internal sealed class LogReader(Answers answers, Names names)
{
    private const int StreamPage = 1000;
    private const int AtOnce = 32;

    /// <summary>What is searched for may stand before very much of others'.</summary>
    private const int SearchDeadlines = 30;

    /// <exception cref="InvalidDataException">Some of the stream is missing.</exception>
    public async IAsyncEnumerable<Recorded> Stream(StreamName stream, [EnumeratorCancellation] CancellationToken ct)
    {
        var key = names.Key(stream);
        for (var (revision, more) = (0L, true); more;)
        {
            var request = Requests.Stream(key, revision, StreamPage);
            var page = await answers.To(request, e => Open(e.Event, stream), ct);
            foreach (var recorded in page.Events)
                yield return recorded.Revision == revision++ ? recorded : throw Failures.Lost($"{stream}");
            more = page.Cut || page.Events.Count == StreamPage;
        }
    }

    /// <summary>Several are on their way at once.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<Recorded>>> Streams(
        IReadOnlyList<StreamName> streams, CancellationToken ct)
    {
        var read = new IReadOnlyList<Recorded>[streams.Count];
        await Parallel.ForAsync(
            0, streams.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (i, token) => read[i] = await Stream(streams[i], token).ToListAsync(token));
        return read;
    }

    public async Task<LogPage> Page(Position after, int atMost, CancellationToken ct)
    {
        var place = Place(after);
        // Reading forwards is inclusive: what stands at the position itself comes along and is dropped.
        var request = Requests.Forwards(place, place is null ? atMost : atMost + 1, names.Prefix);
        // The end before the page, and of the same node: what stood there then, the page shows.
        var (ends, (entries, cut)) = await answers.OfOne(
            async node => (await answers.Read(node, Requests.Last(null), At, ct),
                await answers.Read(node, request, Entry, ct, deadlines: SearchDeadlines)), ct);
        var end = ends.Events is [{ } there] ? there : Position.Start;
        if (entries is [var first, ..] && first.Position <= after) entries.RemoveAt(0);
        var whole = entries.Count < atMost && !cut;
        if (entries.Count > atMost) entries.RemoveAt(atMost);
        var through = entries is [.., var last] ? last.Position : after;
        return new(entries, whole && end > through ? end : through);
    }

    public async Task<LogEntry?> At(Position at, CancellationToken ct) =>
        Place(at) is { } place && await Standing(Requests.At(place), ct) is { } e
        && At(e) == at && names.Ours(e.Event.StreamIdentifier.StreamName) is not null ? Entry(e) : null;

    /// <summary>The last event of ours at or before a position; reading backwards begins before it.</summary>
    public async Task<LogEntry?> Last(Position upTo, CancellationToken ct)
    {
        if (Place(upTo) is not { } place) return null;
        if (await At(upTo, ct) is { } there) return there;
        var request = Requests.Backwards(names.Prefix, place, atMost: 1);
        return await Standing(request, ct, SearchDeadlines) is { } before ? Entry(before) : null;
    }

    /// <summary>What is asked of a subscription.</summary>
    public ReadReq Following(LogPosition? behind) => Requests.Subscription(behind, names.Prefix);

    /// <summary>Where the last event of the log stands, whoever's it is.</summary>
    public Task<Position> End(CancellationToken ct) => Before(null, ct);

    /// <summary>Where the last event before a position stands, or before the end of the log.</summary>
    public async Task<Position> Before(LogPosition? position, CancellationToken ct) =>
        (await answers.To(Requests.Last(position), At, ct)).Events is [{ } at] ? at : Position.Start;

    /// <summary>Whether a stream shows an event of that revision, and where that stands if it is this one.</summary>
    public async Task<(bool Shown, Position? Position)> Find(
        ByteString key, long revision, Guid id, Patience patience, CancellationToken ct)
    {
        var asked = await answers.To(Requests.Stream(key, revision, 1), Itself, ct, patience: patience);
        if (asked.Events is not [var e]) return (false, null);
        if ((long)e.Event.StreamRevision != revision || Wire.Of(e.Event.Id) != id) return (true, null);
        return await Place(e, key, ct) is { } at ? (true, at) : (false, null);
    }

    /// <summary>Where an event of a stream stands; <c>null</c>: the stream does not show it.</summary>
    public async Task<Position?> Find(ByteString key, Guid id, Patience patience, CancellationToken ct)
    {
        var search = await answers.To(
            Requests.Stream(key), e => Wire.Of(e.Event.Id) == id ? e : null, ct, enough: e => e is not null,
            patience: patience);
        return search.Events is [.., { } found] ? await Place(found, key, ct) : null;
    }

    /// <summary>The id of the stream's first event; <c>null</c> when it is not there.</summary>
    public async Task<Guid?> First(ByteString key, CancellationToken ct) =>
        (await answers.To(Requests.Stream(key, 0, 1), e => Wire.Of(e.Event.Id), ct)).Events is [var id] ? id : null;

    /// <param name="e">An event of the log, of a stream of ours.</param>
    public LogEntry Entry(ReadEvent e)
    {
        var stream = names.Ours(e.Event.StreamIdentifier.StreamName)
            ?? throw new InvalidDataException("the log sent an event of a stream that was not asked for");
        return new(At(e) ?? throw new InvalidDataException($"an event of {stream} has no position"),
            Open(e.Event, stream));
    }

    /// <summary>As EventStoreDB says it; <c>null</c>: before everything.</summary>
    public static LogPosition? Place(Position position) => position < new Position(0) ? null
        : new() { CommitPosition = (ulong)position.Value, PreparePosition = (ulong)position.Value };

    private async Task<Position?> Place(ReadEvent e, ByteString key, CancellationToken ct)
    {
        if (At(e) is { } at) return at;

        // This server does not tell where in the log an event of a stream stands.
        var search = await answers.To(
            Requests.Backwards(key.ToStringUtf8(), before: null, long.MaxValue),
            other => other.Event.Id.Equals(e.Event.Id) ? At(other) : null, ct,
            enough: position => position is not null);
        return search.Events is [.., { } found] ? found : null;
    }

    /// <summary>The one event that is asked for. A server that has no such place fails, and at nothing else.</summary>
    private async Task<ReadEvent?> Standing(ReadReq request, CancellationToken ct, int deadlines = 1)
    {
        try
        {
            return (await answers.To(request, Itself, ct, deadlines: deadlines)).Events is [var e] ? e : null;
        }
        catch (Exception e) when (e.InnerException is RpcException
        {
            StatusCode: StatusCode.Unknown or StatusCode.InvalidArgument,
        })
        {
            await End(ct);
            return null;
        }
    }

    private static ReadEvent Itself(ReadEvent e) => e;

    private static Position? At(ReadEvent e) => e.PositionCase is ReadEvent.PositionOneofCase.CommitPosition
        ? new Position((long)e.CommitPosition)
        : e.Event.CommitPosition is not Wire.Nowhere ? new Position((long)e.Event.CommitPosition) : null;

    private static Recorded Open(RecordedEvent e, StreamName stream) => Sealing.Open(
        Wire.Of(e.Id), e.Metadata["type"], e.Data.Span, e.CustomMetadata.Span, stream, (long)e.StreamRevision);
}

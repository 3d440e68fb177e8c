using System.Text.RegularExpressions;
using EventStoreDb.Wire;
using Grpc.Core;
using static EventStoreDb.Wire.ReadReq.Types;
using static EventStoreDb.Wire.ReadReq.Types.Options;

namespace Dlcs.Integration.Log.Loopback;

/// <summary>Answers <c>Streams.Read</c> as real servers were seen to.</summary>
internal sealed class Reads(LoopbackLog log, LoopbackOptions server)
{
    public async Task Answer(Options options, IServerStreamWriter<ReadResp> answers, CancellationToken ct)
    {
        if (options.UuidOption is null)
        {
            if (server.IsNew) throw Refusals.BadCombination();
            await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, ct); // 23.10 never answers
        }
        Check(options);
        if (options.Filter is { WindowCase: FilterOptions.WindowOneofCase.Max, Max: 0 })
            await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, ct);
        if (options.Filter is { CheckpointIntervalMultiplier: 0 } && options.Subscription is not null)
            throw Refusals.Handler();

        if (options.Subscription is not null)
            await new Subscriptions(log, server).Answer(options, answers, ct);
        else if (options.Stream is not null)
            await AnswerStream(options, answers, ct);
        else
            await AnswerAll(options, answers, ct);
    }

    /// <summary>How an event is told of in that answer.</summary>
    public static Func<StoredEvent, ReadResp> Telling(Options options, LoopbackOptions server)
    {
        var ids = options.UuidOption.ContentCase is UUIDOption.ContentOneofCase.Structured;
        return e => e.ToAnswer(ids, tellsPosition: options.All is not null || server.TellsPositionsInStreams);
    }

    public static Predicate<StoredEvent> Wanted(FilterOptions? filter)
    {
        if (filter is null) return _ => true;
        var byType = filter.FilterCase is FilterOptions.FilterOneofCase.EventType;
        var expression = byType ? filter.EventType : filter.StreamIdentifier;
        Predicate<string> matches = expression.Regex is { Length: > 0 } regex
            ? new Regex(regex).IsMatch
            : text => expression.Prefix.Any(p => text.StartsWith(p, StringComparison.Ordinal));
        return e => matches(byType ? e.Type : e.Stream);
    }

    private async Task AnswerStream(Options options, IServerStreamWriter<ReadResp> answers, CancellationToken ct)
    {
        var (name, forwards) = (Spelling.Read(options.Stream.StreamIdentifier), Forwards(options));
        var stream = log.Stream(name);
        if (stream?.Tombstoned is true) throw Refusals.Deleted(name);
        var indexed = (TimeProvider.System.GetUtcNow().UtcDateTime - DateTime.UnixEpoch - server.Lag).Ticks;
        IReadOnlyList<StoredEvent> kept = [.. stream?.Shown.Where(e => e.Created <= indexed) ?? []];
        if (kept is [])
        {
            if (server.FailsWithoutStream) throw Refusals.NotFound(name);
            await answers.WriteAsync(
                new() { StreamNotFound = new() { StreamIdentifier = options.Stream.StreamIdentifier } }, ct);
            return;
        }

        var from = options.Stream.RevisionOptionCase switch
        {
            StreamOptions.RevisionOptionOneofCase.Start => 0UL,
            StreamOptions.RevisionOptionOneofCase.End => ulong.MaxValue,
            _ => options.Stream.Revision,
        };
        var shown = forwards ? kept.Where(e => e.Revision >= from) : kept.Where(e => e.Revision <= from).Reverse();
        var first = shown.FirstOrDefault();
        var compatible = options.ControlOption?.Compatibility is 1;
        if (compatible && forwards && first?.Revision != from)
            await answers.WriteAsync(new() { FirstStreamPosition = first?.Revision ?? kept[^1].Revision + 1 }, ct);
        await Send(shown, options, answers, ct);
        if (compatible) await answers.WriteAsync(new() { LastStreamPosition = kept[^1].Revision }, ct);
    }

    private async Task AnswerAll(Options options, IServerStreamWriter<ReadResp> answers, CancellationToken ct)
    {
        var (all, wanted) = (log.All(), Wanted(options.Filter));
        var at = (Commit: 0UL, Prepare: 0UL);
        if (options.All.AllOptionCase is AllOptions.AllOptionOneofCase.End) at = (ulong.MaxValue, ulong.MaxValue);
        if (options.All.Position is { } p)
        {
            at = (p.CommitPosition, p.PreparePosition);
            if (at.Commit > 0 && at.Commit < ulong.MaxValue && !log.IsPlace(at.Commit)) throw Refusals.BadPlace();
        }

        var events = Forwards(options)
            ? all.Where(e => (e.Position, e.Position).CompareTo(at) >= 0) // inclusive
            : all.Where(e => (e.Position, e.Position).CompareTo(at) < 0).Reverse(); // exclusive
        await Send(events.Where(e => wanted(e)), options, answers, ct);
        if (options.Filter is not null) await Task.Delay(server.SearchesOn, ct);
    }

    private async Task Send(
        IEnumerable<StoredEvent> events, Options options, IServerStreamWriter<ReadResp> answers, CancellationToken ct)
    {
        var (telling, left) = (Telling(options, server), options.Count);
        foreach (var e in events)
        {
            if (left-- is 0) return;
            await answers.WriteAsync(telling(e), ct);
        }
    }

    private static bool Forwards(Options options) => options.ReadDirection is ReadDirection.Forwards;

    private static void Check(Options options)
    {
        var subscribes = options.CountOptionCase is CountOptionOneofCase.Subscription;
        if (options.FilterOptionCase is FilterOptionOneofCase.None
            || options.StreamOptionCase is StreamOptionOneofCase.None
            || options.CountOptionCase is CountOptionOneofCase.None
            || (options.Stream is not null && options.Filter is not null)
            || (subscribes && !Forwards(options))
            || options.Filter is { WindowCase: FilterOptions.WindowOneofCase.None })
            throw Refusals.BadCombination();
        if (subscribes) return;
        var fromEnd = options.Stream?.RevisionOptionCase is StreamOptions.RevisionOptionOneofCase.End
            || options.All?.AllOptionCase is AllOptions.AllOptionOneofCase.End;
        if (options.Count is 0 || (fromEnd && Forwards(options))) throw Refusals.BadRead();
    }
}

using EventStoreDb.Wire;
using Grpc.Core;
using static EventStoreDb.Wire.ReadReq.Types;

namespace Dlcs.Integration.Log.Loopback;

/// <summary>Catch-up subscriptions: confirmation, history with checkpoints, caught_up, what comes.</summary>
internal sealed class Subscriptions(LoopbackLog log, LoopbackOptions server)
{
    private const int Page = 100;

    public async Task Answer(Options options, IServerStreamWriter<ReadResp> answers, CancellationToken ct)
    {
        if (!server.Confirms) await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, ct);
        var (seen, wanted, telling) = (Begin(options), Wanted(options), Reads.Telling(options, server));
        var interval = options.Filter is { } filter
            ? Math.Max(filter.WindowCase is FilterOptions.WindowOneofCase.Max ? filter.Max : 32, 1)
                * filter.CheckpointIntervalMultiplier
            : 0;
        await answers.WriteAsync(new() { Confirmation = new() { SubscriptionId = $"{Guid.CreateVersion7()}" } }, ct);

        var live = new LiveReader(wanted, telling, interval);
        var (considered, told, reached) = (0U, 0, options.All?.Position);
        while (!log.TryGoLive(live, seen))
        {
            foreach (var e in log.From(seen, Page))
            {
                seen++;
                if (wanted(e))
                {
                    await answers.WriteAsync(telling(e), ct);
                    reached = new() { CommitPosition = e.Position, PreparePosition = e.Position };
                    if (++told == server.SubscribesFor) return;
                }
                if (interval > 0 && ++considered % interval is 0)
                    await answers.WriteAsync(LiveReader.Checkpoint(e.End, 0), ct); // where no event is yet, perhaps
            }
        }

        try
        {
            if (server.IsNew && interval > 0)
                await answers.WriteAsync(Reached(reached), ct);
            if (server.IsNew || options.All is not null || log.Stream(Name(options)) is not null)
                await answers.WriteAsync(new() { CaughtUp = new() }, ct);
            await foreach (var answer in live.Answers.ReadAllAsync(ct)) await answers.WriteAsync(answer, ct);
        }
        catch (TooSlowException)
        {
            throw Refusals.TooSlow();
        }
        finally
        {
            log.Leave(live);
        }
    }

    /// <summary>What a new server says at the end; before everything is -1 to it, without a sign.</summary>
    private static ReadResp Reached(LogPosition? place) => LiveReader.Checkpoint(
        place?.CommitPosition ?? ulong.MaxValue, place?.PreparePosition ?? ulong.MaxValue);

    /// <summary>How many events stand before its first: it begins behind the place that it names.</summary>
    private int Begin(Options options)
    {
        if (options.Stream is { } stream)
        {
            if (stream.RevisionOptionCase is StreamOptions.RevisionOptionOneofCase.End) return log.Index(log.End);
            if (stream.RevisionOptionCase is StreamOptions.RevisionOptionOneofCase.Start) return 0;
            var behind = log.Stream(Name(options))?.Events.ElementAtOrDefault((int)stream.Revision);
            return behind is null ? log.Index(log.End) : log.Index(behind.Position) + 1;
        }

        if (options.All.AllOptionCase is AllOptions.AllOptionOneofCase.End) return log.Index(log.End);
        if (options.All.Position is not { } p) return 0;
        if (p.CommitPosition > 0 && !log.IsPlace(p.CommitPosition)) throw Refusals.Handler();
        var at = log.Index(p.CommitPosition);
        return p.PreparePosition >= p.CommitPosition && log.From(at, 1) is [var e] && e.Position == p.CommitPosition
            ? at + 1 : at;
    }

    private static Predicate<StoredEvent> Wanted(Options options)
    {
        if (options.Stream is null)
        {
            var (filter, behind) = (Reads.Wanted(options.Filter), options.All.Position?.CommitPosition ?? 0);
            return e => e.Position >= behind && filter(e); // it may lie beyond the end
        }
        var name = Name(options);
        return e => e.Stream == name;
    }

    private static string Name(Options options) => Spelling.Read(options.Stream.StreamIdentifier);
}

using EventStoreDb.Wire;
using Grpc.Core;
using static EventStoreDb.Wire.ReadResp.Types;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>What the events that answer a request were made into.</summary>
/// <param name="Cut">There are more: it was broken off when it had become large.</param>
internal sealed record Answer<T>(List<T> Events, bool Cut);

/// <summary>Gets whole answers to requests that end. Each event is taken in as it comes: it is soon free.</summary>
internal sealed class Answers(Connection connection)
{
    private const int Tries = 3;

    /// <summary>The answer; where the connection is lost it asks again.</summary>
    /// <param name="take">What to make of each event.</param>
    /// <param name="enough">Told of each event, says whether it was the last that is wanted.</param>
    /// <param name="deadlines">So many deadlines long nothing may come: a server may search long for it.</param>
    /// <exception cref="LogUnavailableException">Instead of what may pass.</exception>
    public Task<Answer<T>> To<T>(
        ReadReq request, Func<ReadEvent, T> take, CancellationToken ct, Predicate<T>? enough = null,
        int deadlines = 1, Patience? patience = null) =>
        OfOne(node => Read(node, request, take, ct, enough, deadlines), ct, patience);

    /// <summary>What one node says, all of it: another one may not be as far.</summary>
    /// <exception cref="LogUnavailableException">Instead of what may pass.</exception>
    /// <param name="patience">Of whoever asks; <c>null</c>: with this alone.</param>
    public async Task<T> OfOne<T>(Func<Node, Task<T>> ask, CancellationToken ct, Patience? patience = null)
    {
        patience ??= new();
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await connection.Ask(ask, ct);
            }
            catch (Exception e) when (Failures.Passes(e))
            {
                ct.ThrowIfCancellationRequested();
                var failure = Failures.Of(e);
                if ((failure is Failure.Away && !connection.MayElect(e))
                    || (failure is Failure.Unknown && tried >= Tries)
                    || patience.IsOver()) throw Failures.Unavailable(e);
                await Task.Delay(Backoff.Pause(tried, least: 5, most: 320), ct);
            }
        }
    }

    /// <summary>
    /// The answer of that node. A search ends with the last event that was asked for: the server itself may go on, in
    /// silence, for one more that it would not send.
    /// </summary>
    /// <exception cref="RpcException">It does not answer, or not in time.</exception>
    public async Task<Answer<T>> Read<T>(
        Node node, ReadReq request, Func<ReadEvent, T> take, CancellationToken ct, Predicate<T>? enough = null,
        int deadlines = 1)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var call = node.Streams.Read(request, connection.Options(patience.Token));
        var wanted = request.Options.Filter is null ? long.MaxValue : (long)request.Options.Count;
        var (events, bytes) = (new List<T>(), 0L);
        while (await Next(call.ResponseStream, deadlines * connection.Deadline, patience, ct))
        {
            if (call.ResponseStream.Current.Event is not { Event: { } recorded } read) continue;
            events.Add(take(read));
            bytes += recorded.Data.Length + recorded.CustomMetadata.Length;
            if (bytes > Limits.Page) return new(events, Cut: true);
            if (enough?.Invoke(events[^1]) is true || events.Count == wanted) break;
        }
        return new(events, Cut: false);
    }

    /// <summary>The clock runs only while nothing is there: most events come with the one before.</summary>
    private static async ValueTask<bool> Next(
        IAsyncStreamReader<ReadResp> answer, TimeSpan atMost, CancellationTokenSource patience, CancellationToken ct)
    {
        var moving = answer.MoveNext(CancellationToken.None);
        if (moving.IsCompletedSuccessfully) return await moving;
        patience.CancelAfter(atMost);
        try
        {
            var there = await moving;
            patience.CancelAfter(System.Threading.Timeout.InfiniteTimeSpan);
            return there;
        }
        catch (RpcException e) when (Failures.IsNoStream(e))
        {
            return false;
        }
        catch (RpcException e) when (patience.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new RpcException(new(StatusCode.DeadlineExceeded, "no answer", e), "no answer");
        }
    }
}

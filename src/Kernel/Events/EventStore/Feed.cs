using EventStoreDb.Wire;
using Grpc.Core;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>One call of a subscription, until it is cut off.</summary>
internal sealed class Feed : IDisposable
{
    private readonly Connection connection;
    private readonly Node node;
    private readonly CancellationToken ended;
    private readonly CancellationTokenSource stop;
    private readonly AsyncServerStreamingCall<ReadResp> call;
    private Task<bool>? moving;

    private Feed(Connection connection, Node node, ReadReq request, CancellationToken ct)
    {
        (this.connection, this.node, ended) = (connection, node, ct);
        stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Place = request.Options.All.Position;
        call = node.Streams.Read(request, connection.Options(stop.Token));
    }

    /// <summary>All before it was sent: from here another call goes on.</summary>
    public LogPosition? Place { get; private set; }

    /// <exception cref="RpcException">The node does not let us, or not in time.</exception>
    public static async Task<Feed> Open(
        Connection connection, Node node, ReadReq request, CancellationToken ct)
    {
        var feed = new Feed(connection, node, request, ct);
        try
        {
            feed.stop.CancelAfter(connection.Deadline);
            await feed.Move();
            feed.stop.CancelAfter(System.Threading.Timeout.InfiniteTimeSpan);
            return feed;
        }
        catch
        {
            feed.Dispose();
            throw;
        }
    }

    /// <summary>What has come meanwhile, or the next that comes.</summary>
    /// <param name="through">What is known to have been seen.</param>
    /// <exception cref="RpcException">It was cut off.</exception>
    public async Task<LogPage> Next(Position through, int atMost, LogReader reader, CancellationToken ct)
    {
        var (entries, bytes) = (new List<LogEntry>(), 0L);
        while (true)
        {
            if (entries.Count == atMost || bytes > Limits.Page) return new(entries, entries[^1].Position);
            moving ??= call.ResponseStream.MoveNext(CancellationToken.None);
            var more = moving.IsCompletedSuccessfully && await moving;
            if (entries is [.., var last] && !more) return new(entries, last.Position);
            await Move();

            var came = call.ResponseStream.Current;
            if (came.Event is { Event: not null } e)
            {
                var entry = reader.Entry(e);
                Place = new() { CommitPosition = e.Event.CommitPosition, PreparePosition = e.Event.PreparePosition };
                if (entry.Position <= through) continue;
                entries.Add(entry);
                bytes += e.Event.Data.Length + e.Event.CustomMetadata.Length;
            }
            // That it has come nowhere yet, a server of 24.10 says with the number that means the end.
            else if (came.Checkpoint is { CommitPosition: > 0 and not Wire.Nowhere } checkpoint)
            {
                Place = new()
                {
                    CommitPosition = checkpoint.CommitPosition,
                    PreparePosition = checkpoint.PreparePosition,
                };
                if (entries is [] && await Seen(reader, ct) is var seen && seen > through) return new([], seen);
            }
        }
    }

    public void Dispose()
    {
        call.Dispose();
        stop.Dispose();
    }

    private async Task Move()
    {
        try
        {
            if (!await (moving ?? call.ResponseStream.MoveNext(CancellationToken.None)))
                throw new RpcException(new(StatusCode.Unavailable, "the server ended the subscription"));
        }
        catch (RpcException e) when (!ended.IsCancellationRequested)
        {
            throw connection.Leave(node, !stop.IsCancellationRequested ? e
                : new(new(StatusCode.DeadlineExceeded, "not confirmed", e), "not confirmed"));
        }
        finally
        {
            moving = null;
        }
    }

    /// <summary>
    /// Where the last event before the checkpoint stands. A checkpoint itself may be a place where no event is yet: who
    /// took it for a position would miss the event that comes to stand there.
    /// </summary>
    private async Task<Position> Seen(LogReader reader, CancellationToken ct)
    {
        try
        {
            return await reader.Before(Place, ct);
        }
        catch (LogUnavailableException)
        {
            return Position.Start;
        }
    }
}

using EventStoreDb.Wire;
using Grpc.Core;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>One append in a call of its own.</summary>
internal static class SingleAppend
{
    private static readonly WriteOptions Together = new(WriteFlags.BufferHint);

    /// <returns>
    /// Where its last event stands; <c>null</c>: the stream is at another revision, or it was not said.
    /// </returns>
    public static async Task<Position?> Send(SealedAppend append, Node node, Connection connection)
    {
        using var call = node.Streams.Append(connection.Options(CancellationToken.None, connection.Deadline));
        try
        {
            call.RequestStream.WriteOptions = Together;
            await call.RequestStream.WriteAsync(new() { Options = Options(append) });
            foreach (var e in append.Events)
                await call.RequestStream.WriteAsync(new() { ProposedMessage = Wire.Of(e) });
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // The call is over already: why, its answer says.
        }

        try
        {
            return (await call.ResponseAsync).Success?.Position is { } at ? new((long)at.CommitPosition) : null;
        }
        catch (RpcException e) when (Failures.Of(e) is Failure.Conflict)
        {
            return null;
        }
        catch (RpcException e) when (Failures.Of(e) is Failure.TooLarge)
        {
            throw Failures.TooLarge(e);
        }
    }

    private static AppendReq.Types.Options Options(SealedAppend append) => append.Expected < 0
        ? new() { StreamIdentifier = Wire.Stream(append.Key), NoStream = Wire.Empty }
        : new() { StreamIdentifier = Wire.Stream(append.Key), Revision = (ulong)append.Expected };
}

using EventStoreDb.Wire;
using Grpc.Core;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>One append in a call of its own.</summary>
internal static class SingleAppend
{
    private static readonly WriteOptions Together = new(WriteFlags.BufferHint);

    public static async Task<AppendAnswer> Send(SealedAppend append, Node node, Connection connection)
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
            return AppendAnswer.Of(await call.ResponseAsync);
        }
        catch (RpcException e) when (Failures.Of(e) is Failure.Conflict)
        {
            return new(Position: null, Revision: null);
        }
        catch (RpcException e) when (Failures.Of(e) is Failure.TooLarge)
        {
            throw Failures.TooLarge(e);
        }
    }

    private static AppendReq.Types.Options Options(SealedAppend append)
    {
        var options = new AppendReq.Types.Options { StreamIdentifier = Wire.Stream(append.Key) };
        if (append.Expected == ExpectedRevision.NoStream) options.NoStream = Wire.Empty;
        else if (append.Expected == ExpectedRevision.Any) options.Any = Wire.Empty;
        else if (append.Expected == ExpectedRevision.StreamExists) options.StreamExists = Wire.Empty;
        else options.Revision = (ulong)append.Expected.Value;
        return options;
    }
}

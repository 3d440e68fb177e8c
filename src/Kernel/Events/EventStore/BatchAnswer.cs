using EventStoreDb.Wire;
using Grpc.Core;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>What became of one append among many.</summary>
/// <param name="Position">
/// Where its last event stands; <c>null</c>: the stream is at another revision, or it was not said.
/// </param>
internal sealed record BatchAnswer(Position? Position)
{
    private const StatusCode NoCode = StatusCode.OK;

    /// <summary><c>null</c>: nothing is known of it, because of <paramref name="failure"/>.</summary>
    /// <exception cref="RpcException">The server finds fault with it.</exception>
    /// <exception cref="AppendTooLargeException">Over the server's own limit.</exception>
    /// <exception cref="InvalidDataException">The stream was deleted past us.</exception>
    public static BatchAnswer? Of(BatchAppendResp answer, out Exception? failure)
    {
        failure = null;
        if (answer.Error is not { } error)
            return new(answer.Success?.Position is { } at ? new Position((long)at.CommitPosition) : null);

        if (Is(error, WrongExpectedVersion.Descriptor) || error.Code is (int)StatusCode.AlreadyExists)
            return new(Position: null);
        if (Is(error, MaximumAppendSizeExceeded.Descriptor) || Is(error, MaximumAppendEventSizeExceeded.Descriptor))
            throw new AppendTooLargeException($"the log does not take it: {error.Message}");

        if (Is(error, StreamDeleted.Descriptor))
            throw new InvalidDataException($"the log lost {Name(answer.StreamIdentifier)}: it was deleted there");

        var code = error.Code is (int)NoCode ? StatusCode.Unknown : (StatusCode)error.Code;
        var thrown = new RpcException(new(code, error.Message));
        if (!Failures.Passes(thrown)) throw thrown;
        failure = thrown;
        return null;
    }

    private static string Name(StreamIdentifier? stream) => stream?.StreamName.ToStringUtf8() ?? "a stream";

    private static bool Is(EventStoreDb.Wire.Status error, Google.Protobuf.Reflection.MessageDescriptor kind) =>
        error.Details?.Is(kind) is true;
}

using EventStoreDb.Wire;
using Grpc.Core;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>What a server says of an append.</summary>
/// <param name="Position">Where its last event stands; <c>null</c>: it was refused, or that was not said.</param>
/// <param name="Revision">The revision that the stream is at; -1: it is not there; <c>null</c>: not said.</param>
internal sealed record AppendAnswer(Position? Position, long? Revision)
{
    private const StatusCode NoCode = StatusCode.OK;

    /// <exception cref="RpcException">It says neither that it was made nor that it was refused.</exception>
    public static AppendAnswer Of(AppendResp answer) => answer switch
    {
        { Success: { } made } => new(At(made.Position?.CommitPosition), (long)made.CurrentRevision),
        { WrongExpectedVersion: { } conflict } => new(null, conflict.CurrentRevisionOptionCase switch
        {
            AppendResp.Types.WrongExpectedVersion.CurrentRevisionOptionOneofCase.CurrentRevision =>
                (long)conflict.CurrentRevision,
            AppendResp.Types.WrongExpectedVersion.CurrentRevisionOptionOneofCase.CurrentNoStream => -1,
            _ => null,
        }),
        _ => throw Nonsense(),
    };

    /// <summary><c>null</c>: nothing is known of it, because of <paramref name="failure"/>.</summary>
    /// <exception cref="RpcException">The server finds fault with it.</exception>
    /// <exception cref="AppendTooLargeException">Over the server's own limit.</exception>
    /// <exception cref="InvalidDataException">The stream was deleted past us.</exception>
    public static AppendAnswer? Of(BatchAppendResp answer, out Exception? failure)
    {
        failure = null;
        if (answer.Success is { } made) return new(At(made.Position?.CommitPosition), (long)made.CurrentRevision);
        if (answer.Error is not { } error)
        {
            failure = Nonsense();
            return null;
        }

        if (Is(error, WrongExpectedVersion.Descriptor))
            return new(Position: null, Current(error.Details.Unpack<WrongExpectedVersion>()));
        if (error.Code is (int)StatusCode.AlreadyExists) return new(Position: null, Revision: null);
        if (Is(error, MaximumAppendSizeExceeded.Descriptor) || Is(error, MaximumAppendEventSizeExceeded.Descriptor))
            throw new AppendTooLargeException($"the log does not take it: {error.Message}");

        if (Is(error, StreamDeleted.Descriptor))
            throw Failures.Lost(answer.StreamIdentifier?.StreamName.ToStringUtf8());

        var code = (StatusCode)error.Code switch
        {
            NoCode => StatusCode.Unknown,
            StatusCode.DeadlineExceeded => StatusCode.Aborted, // its own deadline: it answers, but gets nothing done
            var other => other,
        };
        var thrown = new RpcException(new(code, error.Message));
        if (!Failures.Passes(thrown)) throw thrown;
        failure = thrown;
        return null;
    }

    private static RpcException Nonsense()
    {
        const string nothing = "an append is answered with nothing";
        return new(new(StatusCode.Unknown, nothing, new InvalidDataException(nothing)), nothing);
    }

    private static long? Current(WrongExpectedVersion conflict) => conflict.CurrentStreamRevisionOptionCase switch
    {
        WrongExpectedVersion.CurrentStreamRevisionOptionOneofCase.CurrentStreamRevision =>
            (long)conflict.CurrentStreamRevision,
        WrongExpectedVersion.CurrentStreamRevisionOptionOneofCase.CurrentNoStream => -1,
        _ => null,
    };

    private static Position? At(ulong? commit) => commit is { } at ? new Position((long)at) : null;

    private static bool Is(EventStoreDb.Wire.Status error, Google.Protobuf.Reflection.MessageDescriptor kind) =>
        error.Details?.Is(kind) is true;
}

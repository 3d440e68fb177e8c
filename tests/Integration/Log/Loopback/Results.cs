using EventStoreDb.Wire;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Status = EventStoreDb.Wire.Status;

namespace Dlcs.Integration.Log.Loopback;

/// <summary>What became of an append, in the words of each call.</summary>
internal static class Results
{
    /// <summary>A conflict is an answer like another.</summary>
    public static AppendResp Append(Appended appended, AppendReq.Types.Options options, string name)
    {
        switch (appended)
        {
            case Appended.Success s:
                var success = new AppendResp.Types.Success();
                if (s.Revision is { } current) success.CurrentRevision = current;
                else success.NoStream = new();
                if (s.Position is { } at) success.Position = new() { CommitPosition = at, PreparePosition = at };
                else success.NoPosition = new();
                return new() { Success = success };

            case Appended.Conflict c:
                var wrong = new AppendResp.Types.WrongExpectedVersion();
                if (c.Revision is { } is_) wrong.CurrentRevision = is_;
                else wrong.CurrentNoStream = new();
                if (Expectations.Of(options) is Expected.At expected) wrong.ExpectedRevision = expected.Revision;
                else if (options.NoStream is not null) wrong.ExpectedNoStream = new();
                else wrong.ExpectedStreamExists = new();
                return new() { WrongExpectedVersion = wrong };

            case Appended.TooLarge t: throw Refusals.TooLarge(t.Most);
            case Appended.TimedOut: throw Refusals.TimedOut();
            case Appended.Denied: throw Refusals.Denied();
            case Appended.Bad bad: throw Refusals.Of(StatusCode.InvalidArgument, bad.Why);
            case Appended.EventTooLarge: throw Refusals.EventTooLarge();
            case Appended.InvalidTransaction: throw Refusals.InvalidTransaction();
            default: throw Refusals.Deleted(name);
        }
    }

    public static BatchAppendResp Batch(Appended appended, UUID id, BatchAppendReq.Types.Options options)
    {
        var answer = new BatchAppendResp { CorrelationId = id, StreamIdentifier = options.StreamIdentifier };
        switch (Expectations.Of(options))
        {
            case Expected.At at: answer.StreamPosition = at.Revision; break;
            case Expected.NoStream: answer.NoStream = new(); break;
            case Expected.Exists: answer.StreamExists = new(); break;
            default: answer.Any = new(); break;
        }

        switch (appended)
        {
            case Appended.Success s:
                answer.Success = new();
                if (s.Revision is { } current) answer.Success.CurrentRevision = current;
                else answer.Success.NoStream = new();
                if (s.Position is { } at) answer.Success.Position = new() { CommitPosition = at, PreparePosition = at };
                else answer.Success.NoPosition = new();
                break;
            case Appended.Conflict c:
                var wrong = new WrongExpectedVersion();
                if (c.Revision is { } is_) wrong.CurrentStreamRevision = is_;
                else wrong.CurrentNoStream = new();
                if (Expectations.Of(options) is Expected.At expected) wrong.ExpectedStreamPosition = expected.Revision;
                else if (options.NoStream is not null) wrong.ExpectedNoStream = new();
                else wrong.ExpectedStreamExists = new();
                answer.Error = Error(StatusCode.AlreadyExists, "WrongExpectedVersion", wrong);
                break;
            case Appended.TooLarge t:
                answer.Error = Error(StatusCode.InvalidArgument, "Maximum Append Size Exceeded",
                    new MaximumAppendSizeExceeded { MaxAppendSize = (uint)t.Most });
                break;
            case Appended.TimedOut:
                answer.Error = Error(StatusCode.DeadlineExceeded, "Timeout", new EventStoreDb.Wire.Timeout());
                break;
            case Appended.Denied:
                answer.Error = Error(StatusCode.PermissionDenied, "Access Denied", new AccessDenied());
                break;
            case Appended.Bad bad:
                answer.Error = Error(StatusCode.InvalidArgument, bad.Why, new BadRequest { Message = bad.Why });
                break;
            case Appended.EventTooLarge t:
                answer.Error = Error(StatusCode.InvalidArgument, "Maximum Append Event Size Exceeded",
                    new MaximumAppendEventSizeExceeded { MaxAppendEventSize = (uint)t.Most });
                break;
            case Appended.InvalidTransaction:
                answer.Error = Error(StatusCode.InvalidArgument, "Invalid Transaction", new InvalidTransaction());
                break;
            default:
                answer.Error = Error(StatusCode.NotFound, "Stream deleted",
                    new StreamDeleted { StreamIdentifier = options.StreamIdentifier });
                break;
        }
        return answer;
    }

    /// <summary>A conflict is an error here.</summary>
    public static LogPosition Delete(Appended deleted, DeleteReq.Types.Options options, string name) => deleted switch
    {
        Appended.Success { Position: { } at } => new() { CommitPosition = at, PreparePosition = at },
        Appended.Conflict c => throw Refusals.Of(
            StatusCode.FailedPrecondition, $"Append failed due to WrongExpectedVersion. Stream: {name}",
            "wrong-expected-version", ("stream-name", name), ("expected-version", Version(options)),
            ("actual-version", c.Revision is { } actual ? $"{actual}" : "-1")),
        _ => throw Refusals.Deleted(name),
    };

    private static string Version(DeleteReq.Types.Options options) => Expectations.Of(options) switch
    {
        Expected.At at => $"{at.Revision}",
        Expected.NoStream => "-1",
        Expected.Exists => "-4",
        _ => "-2",
    };

    private static Status Error(StatusCode code, string message, IMessage details) =>
        new() { Code = (int)code, Message = message, Details = Any.Pack(details) };
}

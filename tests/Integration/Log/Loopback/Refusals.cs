using Grpc.Core;

namespace Dlcs.Integration.Log.Loopback;

/// <summary>How EventStoreDB refuses.</summary>
internal static class Refusals
{
    public static RpcException Of(
        StatusCode code, string detail, string? exception = null, params (string Name, string Value)[] more)
    {
        var trailers = new Metadata();
        if (exception is not null) trailers.Add("exception", exception);
        foreach (var (name, value) in more) trailers.Add(name, value);
        return new(new(code, detail), trailers);
    }

    public static RpcException BadCombination() =>
        Of(StatusCode.InvalidArgument, "The combination of options is invalid.");

    public static RpcException BadRead() => Of(StatusCode.Unknown, "Unexpected ReadStreamResult: Error");

    public static RpcException BadPlace() => Of(StatusCode.Unknown, "Unexpected ReadAllResult: Error");

    public static RpcException Handler() => Of(StatusCode.Unknown, "Exception was thrown by handler.");

    public static RpcException Deleted(string stream) => Of(
        StatusCode.FailedPrecondition, $"Event stream '{stream}' is deleted.", "stream-deleted",
        ("stream-name", stream));

    public static RpcException NotFound(string stream) => Of(
        StatusCode.NotFound, $"Event stream '{stream}' is not found.", "stream-not-found", ("stream-name", stream));

    public static RpcException TooLarge(int most) => Of(
        StatusCode.InvalidArgument, $"Maximum Append Size of {most} Exceeded.", "maximum-append-size-exceeded",
        ("maximum-append-size", $"{most}"));

    /// <summary>Of one event, by a server from 24.10 on.</summary>
    public static RpcException EventTooLarge() => Of(
        StatusCode.InvalidArgument, "Maximum Append Event Size Exceeded.", "maximum-append-event-size-exceeded");

    public static RpcException Denied() => Of(StatusCode.PermissionDenied, "Access Denied", "access-denied");

    public static RpcException InvalidTransaction() =>
        Of(StatusCode.InvalidArgument, "Invalid Transaction", "invalid-transaction");

    public static RpcException MissingMetadata() => Of(
        StatusCode.InvalidArgument, "Required Metadata Property 'type,content-type' is missing.",
        "missing-required-metadata-property", ("required-metadata-properties", "type,content-type"));

    public static RpcException TimedOut() => Of(StatusCode.Aborted, "Operation timed out: Prepare phase timeout.");

    public static RpcException TooSlow() => Of(
        StatusCode.Aborted, "Operation timed out: Consumer too slow to handle event while live. "
            + "Client resubscription required.");
}

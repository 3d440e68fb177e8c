using Grpc.Core;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>What a failure says of the call that it ended.</summary>
internal enum Failure
{
    /// <summary>None that waiting or looking would help against.</summary>
    Defect,

    /// <summary>The stream is at another revision; nothing was appended.</summary>
    Conflict,

    /// <summary>Over the server's own limit; nothing was appended.</summary>
    TooLarge,

    /// <summary>The node does not take it now, or another one would; nothing was done.</summary>
    Busy,

    /// <summary>There is no way to the node, or it does not let us in; nothing was done.</summary>
    Away,

    /// <summary>The call broke off: it may have been done, or may yet be.</summary>
    Unknown,
}

internal static class Failures
{
    private const string Server = "Server Is";
    private const string NotReadyFor = $"{Server} Not Ready: ";
    private const string What = "exception";
    private const string LeaderHost = "leader-endpoint-host";
    private const string LeaderPort = "leader-endpoint-port";

    public static Failure Of(Exception e) => e switch
    {
        LogUnavailableException => Failure.Away,
        RpcException rpc => Of(rpc),
        IOException => Failure.Unknown,
        _ => Failure.Defect,
    };

    /// <summary>Whether it is worth trying again.</summary>
    public static bool Passes(Exception e) => Of(e) is Failure.Busy or Failure.Away or Failure.Unknown;

    /// <summary>The leader, where a node says that it is not the one.</summary>
    public static NodeAddress? Leader(RpcException e) =>
        e.Trailers.GetValue(What) is "not-leader" && e.Trailers.GetValue(LeaderHost) is { Length: > 0 } host
        && ushort.TryParse(e.Trailers.GetValue(LeaderPort), out var port) ? new(host, port) : null;

    public static LogUnavailableException Unavailable(Exception e) =>
        e as LogUnavailableException ?? new($"the log does not answer: {Reason(e)}", e);

    /// <summary>A stream of ours is not whole: nobody here deletes any.</summary>
    public static InvalidDataException Lost(string? stream, Exception? e = null) => new(
        $"the log lost {stream ?? "a stream"}: it was deleted there, or cut off; restore the log from a backup", e);

    /// <summary>What is thrown for a failure: never one that only gRPC's users know how to read.</summary>
    public static Exception Told(RpcException e) => e.Trailers.GetValue(What) is "stream-deleted"
        ? Lost(e.Trailers.GetValue("stream-name"), e)
        : Of(e) is not Failure.Defect ? e
        : new InvalidOperationException($"the log refuses what is asked: {e.Status.Detail}", e);

    /// <summary>As a node says it, for all of them.</summary>
    public static RpcException NotReady(string why) =>
        new(new(StatusCode.Unavailable, NotReadyFor + why));

    public static AppendTooLargeException TooLarge(RpcException e) => new(
        $"the log takes {e.Trailers.GetValue("maximum-append-size") ?? "less"} bytes at most: {e.Status.Detail}");

    private static Failure Of(RpcException e) => (e.Trailers.GetValue(What), e.StatusCode) switch
    {
        ("wrong-expected-version", _) => Failure.Conflict,
        ("maximum-append-size-exceeded" or "maximum-append-event-size-exceeded", _) => Failure.TooLarge,
        ("not-leader", _) => Failure.Busy,
        (_, StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.Unimplemented) => Failure.Away,
        (_, StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled) when IsUnreached(e) => Failure.Away,
        (_, StatusCode.Unavailable) when e.Status.Detail.StartsWith(Server, StringComparison.Ordinal) => Failure.Busy,
        (_, StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.Aborted) =>
            Failure.Unknown,
        (_, StatusCode.DeadlineExceeded or StatusCode.Cancelled or StatusCode.ResourceExhausted) => Failure.Unknown,
        _ => Failure.Defect,
    };

    /// <summary>Nobody listens there.</summary>
    public static bool IsRefused(RpcException e) =>
        e.Status.DebugException is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };

    /// <summary>The stream has not begun.</summary>
    public static bool IsNoStream(RpcException e) => e.Trailers.GetValue(What) is "stream-not-found";

    /// <summary>There is no way to the node: nothing was done.</summary>
    public static bool IsUnreached(RpcException e) => e.Status.DebugException switch
    {
        HttpRequestException http => http.HttpRequestError is HttpRequestError.ConnectionError
            or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
        OperationCanceledException late => late.GetBaseException() is TimeoutException, // nobody took the connection
        _ => false,
    };

    /// <summary>Whether it is worth a line: the way of a cluster, and of one who listens slowly, is not.</summary>
    public static bool IsAilment(RpcException e) => Passes(e) && Leader(e) is null
        && !e.Status.Detail.Contains("Consumer too slow", StringComparison.Ordinal)
        && (e.StatusCode is not StatusCode.Cancelled || IsUnreached(e) || IsNonsense(e));

    /// <summary>What answered is something else, such as a proxy with a page of its own.</summary>
    public static bool IsNonsense(RpcException e) =>
        e.Status.Detail.StartsWith("Bad gRPC response", StringComparison.Ordinal)
        || e.Status.DebugException is InvalidDataException or Google.Protobuf.InvalidProtocolBufferException;

    /// <summary>Why, and where to look.</summary>
    public static string Reason(Exception e) => e switch
    {
        RpcException rpc => Reason(rpc),
        LogUnavailableException { InnerException: { } why } => Reason(why),
        _ => e.Message,
    };

    private static string Reason(RpcException rpc) => rpc.StatusCode switch
    {
        StatusCode.Unauthenticated => "it refuses the user and password of its connection string",
        StatusCode.PermissionDenied =>
            "the user of its connection string, or nobody where it names none, may not do this there",
        StatusCode.Unimplemented => "what answers there is no EventStoreDB from 21.10 on",
        StatusCode.DeadlineExceeded => "its answer takes too long",
        StatusCode.Aborted =>
            $"it gave up what was asked ({rpc.Status.Detail}): its disk may be full, too few of its nodes up, or it is "
            + "going down",
        _ when IsNonsense(rpc) => $"what answers there does not speak as EventStoreDB does ({rpc.Status.Detail})",
        _ when rpc.Status.Detail.StartsWith(NotReadyFor, StringComparison.Ordinal) =>
            rpc.Status.Detail[NotReadyFor.Length..],
        _ when rpc.Status.DebugException is { } inner => inner.GetBaseException().Message + Hint(inner),
        _ => rpc.Status.Detail,
    };

    /// <summary>What of the connection string to look at.</summary>
    private static string Hint(Exception e) =>
        e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
            ? " (it is asked for TLS: tls=false in its connection string asks without, tlsCaFile names whom to trust)"
            : "";
}

using System.Net;
using System.Net.Sockets;
using System.Xml;
using Amazon.Runtime;
using Amazon.S3;

namespace Dlcs.Kernel.Storage.S3;

/// <summary>What the store's refusals and silences mean, in one sentence that says where to look.</summary>
internal static class S3Faults
{
    public const string NoSuchBucket = "NoSuchBucket";
    public const string NoSuchKey = "NoSuchKey";
    public const string Nonsense = "what answers there does not speak as S3 does";

    /// <summary>Acts within a time; whatever the store or the way to it does wrong is said in our words.</summary>
    /// <param name="what">Begins the sentence: <c>Storing 2/a.zip failed</c>.</param>
    /// <param name="once">After so long without an answer it is tried anew, as often as the settings say.</param>
    /// <exception cref="StorageUnavailableException">It failed.</exception>
    public static async Task<T> Try<T>(
        S3Settings settings, string what, TimeSpan once, Func<CancellationToken, Task<T>> act, CancellationToken ct)
    {
        try
        {
            return await Ask(settings, what, once, act, ct);
        }
        catch (AmazonS3Exception e)
        {
            throw Unavailable(settings, what, e);
        }
    }

    /// <summary>The same where no is an answer too.</summary>
    /// <exception cref="StorageUnavailableException">It failed.</exception>
    /// <exception cref="AmazonS3Exception">The object is not there, or is already, or the store cannot do this.
    /// </exception>
    public static async Task<T> Ask<T>(
        S3Settings settings, string what, TimeSpan once, Func<CancellationToken, Task<T>> act, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
            either.CancelAfter(once);
            try
            {
                return await act(either.Token);
            }
            catch (AmazonS3Exception e) when (IsAnswer(e.StatusCode, e.ErrorCode))
            {
                throw;
            }
            catch (AmazonServiceException e) when (e.StatusCode is not 0)
            {
                throw Unavailable(settings, what, e);
            }
            catch (Exception e) when (!ct.IsCancellationRequested && e is AmazonClientException
                or AmazonServiceException or HttpRequestException or IOException or OperationCanceledException
                or XmlException)
            {
                // One connection may hang where another does not; what else may pass, the SDK has tried again.
                if (tries < settings.Retries && IsSilence(e)) continue;
                throw Unavailable(what, Silence(settings, e), e);
            }
        }
    }

    public static StorageUnavailableException Unavailable(S3Settings settings, string what, AmazonServiceException e) =>
        Unavailable(what, Sentence(settings, e.StatusCode, e.ErrorCode), e);

    /// <param name="what">Such as <c>Storing 2/a.zip failed</c>.</param>
    public static StorageUnavailableException Unavailable(string what, string reason, Exception? e = null) =>
        new($"{what}: {reason}", e) { Reason = reason };

    private static bool IsSilence(Exception e) => Innermost(e) is OperationCanceledException or TimeoutException;

    /// <summary>What callers turn into a miss, or into another way to put.</summary>
    private static bool IsAnswer(HttpStatusCode status, string? code) =>
        status is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict or HttpStatusCode.NotImplemented
            or HttpStatusCode.RequestedRangeNotSatisfiable
        || (status is HttpStatusCode.NotFound && code is not NoSuchBucket);

    /// <summary>Whether the store says that there is no such object. Others than stores say 404, too.</summary>
    /// <param name="code">S3's own word; <c>null</c> when it gave none.</param>
    public static bool IsMiss(HttpStatusCode status, string? code) =>
        status is HttpStatusCode.NotFound && code is NoSuchKey;

    /// <summary>Why the store answered with a refusal.</summary>
    /// <param name="code">S3's own word; <c>null</c> when it gave none.</param>
    public static string Sentence(S3Settings settings, HttpStatusCode status, string? code) => (status, code) switch
    {
        (_, NoSuchBucket) => $"the store has no bucket {settings.Bucket}",
        (HttpStatusCode.NotFound, null) => Nonsense,
        (HttpStatusCode.NotFound, _) => $"the store does not know what was asked for ({Told(status, code)})",
        (HttpStatusCode.InsufficientStorage, _) or (_, "QuotaExceeded" or "XMinioStorageFull") =>
            $"the store is full ({Told(status, code)})",
        (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, _) =>
            $"the store refuses these credentials, or what they may do ({Told(status, code)})",
        (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, _) or (_, "SlowDown") =>
            $"the store asks for patience ({Told(status, code)})",
        _ when (int)status is >= 300 and < 400 =>
            $"the store sends us elsewhere ({Told(status, code)}): S3:Region or S3:Endpoint is another bucket's",
        _ when (int)status < 300 => Nonsense,
        _ => $"the store answered {Told(status, code)}",
    };

    /// <summary>Why there is no answer that could be understood.</summary>
    public static string Silence(S3Settings settings, Exception e) => Innermost(e) switch
    {
        OperationCanceledException or TimeoutException => $"{Store(settings)} did not answer in time",
        SocketException socket => $"{Store(settings)} cannot be reached ({socket.Message})",
        HttpRequestException or IOException => $"{Store(settings)} cannot be reached, or hung up",
        AmazonUnmarshallingException or XmlException => Nonsense,
        var other => other.Message,
    };

    private static string Store(S3Settings settings) => settings.Endpoint is { } at ? $"the store {at}" : "the store";

    private static string Told(HttpStatusCode status, string? code) =>
        code is null ? $"{(int)status}" : $"{(int)status} {code}";

    private static Exception Innermost(Exception e) => e switch
    {
        OperationCanceledException or TimeoutException or SocketException => e,
        { InnerException: { } inner } => Innermost(inner),
        _ => e,
    };
}

using System.Globalization;
using System.Net.Sockets;

namespace Dlcs.Processing.Fetching;

/// <summary>What is said of a failure.</summary>
internal static class Failures
{
    private const int Longest = 300;

    /// <summary>Scheme, host and path. What else a URL holds (user, password, signature) is not for others.</summary>
    public static string Shown(Uri url)
    {
        var text = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }

    public static FetchException Scheme(Uri url) =>
        new(FetchFailure.Scheme, $"the origin must be http or https, not {url.Scheme}", mayPass: false);

    public static FetchException Status(Uri url, int status) => status switch
    {
        401 or 403 => new(
            FetchFailure.Credentials, $"the origin asks for credentials: {Shown(url)} answered {status}",
            mayPass: false),
        404 or 410 => new(
            FetchFailure.Missing, $"the origin has no such file: {Shown(url)} answered {status}", mayPass: false),
        408 or 425 or 429 or >= 500 =>
            new(FetchFailure.Answer, $"the origin cannot answer now: {Shown(url)} answered {status}", mayPass: true),
        _ => new(FetchFailure.Answer, $"the origin gives no file: {Shown(url)} answered {status}", mayPass: false),
    };

    public static FetchException Redirect(string what, Uri url) =>
        new(FetchFailure.Redirect, $"the origin redirects {what}: {Shown(url)}", mayPass: false);

    public static FetchException Timeout(string what, TimeSpan limit, Uri url) => new(
        FetchFailure.Timeout,
        string.Create(
            CultureInfo.InvariantCulture, $"the origin {what} within {limit.TotalSeconds:0.#} s: {Shown(url)}"),
        mayPass: true);

    public static FetchException Trickle(FetchSettings settings, Uri url) => Timeout(
        string.Create(CultureInfo.InvariantCulture, $"sent less than {settings.StallBytes:N0} bytes"),
        settings.StallTimeout, url);

    public static FetchException TooLarge(Uri url, long limit, bool declared) => new(
        FetchFailure.TooLarge,
        string.Create(
            CultureInfo.InvariantCulture,
            $"the origin {(declared ? "is" : "does not end and is")} larger than {limit:N0} bytes: {Shown(url)}"),
        mayPass: false);

    public static FetchException Empty(Uri url) =>
        new(FetchFailure.Empty, $"the origin is empty: {Shown(url)} sent no bytes", mayPass: false);

    public static FetchException Truncated(Uri url, long bytes, long? of, Exception? inner = null) => new(
        FetchFailure.Truncated,
        string.Create(
            CultureInfo.InvariantCulture,
            $"the origin broke off after {bytes:N0}{(of is { } total ? $" of {total:N0}" : "")} bytes: {Shown(url)}"),
        mayPass: true, inner);

    public static FetchException Changed(Uri url) => new(
        FetchFailure.Truncated, $"the origin changed while it was fetched: {Shown(url)}", mayPass: true);

    /// <summary>Why there was no answer at all.</summary>
    public static FetchException NoAnswer(Uri url, HttpRequestException e) => (e.HttpRequestError, Root(e)) switch
    {
        (_, AddressNotPublicException) => new(
            FetchFailure.Address, $"the origin is at an address that is not public: {Shown(url)}", mayPass: false, e),
        (HttpRequestError.SecureConnectionError, var root) => new(
            FetchFailure.Tls, $"the origin's certificate or TLS cannot be trusted: {Shown(url)}",
            mayPass: root is IOException or SocketException, e), // it hung up in the middle
        (HttpRequestError.NameResolutionError, _) =>
            new(FetchFailure.Name, $"the origin's host name cannot be resolved: {Shown(url)}", mayPass: true, e),
        (_, SocketException { SocketErrorCode: SocketError.ConnectionRefused }) =>
            new(FetchFailure.Connection, $"the origin refuses connections: {Shown(url)}", mayPass: true, e),
        (HttpRequestError.ConnectionError, _) =>
            new(FetchFailure.Connection, $"the origin cannot be reached: {Shown(url)}", mayPass: true, e),
        (HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded, _) =>
            new(FetchFailure.Answer, $"the origin's answer is not HTTP: {Shown(url)}", mayPass: false, e),
        _ => new(
            FetchFailure.Connection, $"the origin closed the connection without an answer: {Shown(url)}",
            mayPass: true, e),
    };

    private static Exception Root(Exception e) => e.InnerException is { } inner ? Root(inner) : e;
}

using System.Net.Http.Headers;

namespace Dlcs.Processing.Fetching;

/// <summary>An answer's beginning, and where it came from in the end.</summary>
internal sealed record Answer(Uri Url, HttpResponseMessage Response);

/// <summary>Asks an origin, and whoever it redirects to. Each hop is judged as the first was.</summary>
internal static class Hops
{
    /// <param name="from">The first byte that is wanted.</param>
    /// <param name="same">Only if it is still this; else all of it from the beginning (RFC 9110, 13.1.5).</param>
    public static async Task<Answer> Follow(
        Uri origin, long from, RangeConditionHeaderValue? same, FetchSettings settings, CancellationToken ct)
    {
        var url = origin;
        for (var hops = 0; hops <= settings.MaxRedirects; hops++)
        {
            using var request = Request(url, from, same, settings);
            var response = await Send(request, settings, ct);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308)) return new(url, response);

            using (response) url = Next(url, response.Headers.Location);
        }
        throw Failures.Redirect($"more than {settings.MaxRedirects} times", origin);
    }

    private static HttpRequestMessage Request(
        Uri url, long from, RangeConditionHeaderValue? same, FetchSettings settings)
    {
        if (!IsHttp(url)) throw Failures.Scheme(url);

        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.ParseAdd("*/*");
        request.Headers.AcceptEncoding.ParseAdd("identity");
        request.Headers.UserAgent.ParseAdd(settings.UserAgent);
        if (same is null) return request;

        request.Headers.Range = new RangeHeaderValue(from, null);
        request.Headers.IfRange = same;
        return request;
    }

    private static async Task<HttpResponseMessage> Send(
        HttpRequestMessage request, FetchSettings settings, CancellationToken ct)
    {
        var url = request.RequestUri!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(settings.HeaderTimeout);
        try
        {
            return await Connecting.Client(settings)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        }
        catch (HttpRequestException e)
        {
            throw Failures.NoAnswer(url, e);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw patience.IsCancellationRequested
                ? Failures.Timeout("did not answer", settings.HeaderTimeout, url)
                : Failures.Timeout("could not be reached", settings.ConnectTimeout, url);
        }
    }

    private static Uri Next(Uri url, Uri? location)
    {
        if (location is null) throw Failures.Redirect("without saying where to", url);
        if (!Uri.TryCreate(url, location, out var next)) throw Failures.Redirect("to something that is no URL", url);
        return IsHttp(next) ? next : throw Failures.Redirect($"to {next.Scheme}, which is neither http nor https", url);
    }

    private static bool IsHttp(Uri url) => url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps;
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dlcs.Host.Commands.Adding;

/// <summary>One customer's part of the API, over HTTP. What may pass (no answer, 429, 503) is tried again.</summary>
internal sealed class ApiClient : IDisposable
{
    private const int Tries = 6;
    private const int PageSize = 500;
    private readonly SocketsHttpHandler connections = new() { UseProxy = false };
    private readonly HttpClient http;

    /// <param name="api">Its root.</param>
    /// <param name="credentials"><c>key:secret</c></param>
    public ApiClient(Uri api, int customer, string credentials)
    {
        Root = new Uri($"{api.AbsoluteUri.TrimEnd('/')}/customers/{customer}/");
        Customer = customer;
        http = new HttpClient(connections) { Timeout = TimeSpan.FromMinutes(30) };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
    }

    /// <summary>
    /// Whether the environment's proxy may be used, which then sees what is sent: for an API elsewhere, that was named.
    /// </summary>
    public bool MayUseProxy { init => connections.UseProxy = value; }

    public int Customer { get; }

    private Uri Root { get; }

    public Task<JsonObject> Get(string path, CancellationToken ct) => Json(HttpMethod.Get, path, () => null, ct);

    public Task<JsonObject> Post(string path, JsonNode body, CancellationToken ct) =>
        Json(HttpMethod.Post, path, () => JsonContent.Create(body), ct);

    public Task<JsonObject> Patch(string path, JsonNode body, CancellationToken ct) =>
        Json(HttpMethod.Patch, path, () => JsonContent.Create(body), ct);

    /// <param name="body">Made again for each try.</param>
    public Task<JsonObject> Post(string path, Func<HttpContent> body, CancellationToken ct) =>
        Json(HttpMethod.Post, path, body, ct);

    /// <summary>All members of a collection, over its pages.</summary>
    /// <param name="path">With a query string or without.</param>
    public async IAsyncEnumerable<JsonObject> Members(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        for (var (page, seen) = (1, 0); ; page++)
        {
            var collection = await Get($"{path}{separator}page={page}&pageSize={PageSize}", ct);
            var members = collection["member"]?.AsArray().OfType<JsonObject>().ToList() ?? [];
            foreach (var member in members) yield return member;

            seen += members.Count;
            if (members.Count is 0 || seen >= ((int?)collection["totalItems"] ?? 0)) yield break;
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonObject> Json(HttpMethod method, string path, Func<HttpContent?> body, CancellationToken ct)
    {
        using var answer = await Send(
            () => new HttpRequestMessage(method, new Uri(Root, path)) { Content = body() }, ct);
        if (!answer.IsSuccessStatusCode) throw await Refusal(answer, ct);

        return await Read(answer, ct) ?? throw new ApiException($"{new Uri(Root, path)} does not answer as the API "
            + $"does: is that its address? ({method}: {(int)answer.StatusCode}, {answer.Content.Headers.ContentType})");
    }

    /// <returns><c>null</c>: it is no JSON object.</returns>
    private static async Task<JsonObject?> Read(HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            return JsonNode.Parse(await answer.Content.ReadAsByteArrayAsync(ct)) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<HttpResponseMessage> Send(Func<HttpRequestMessage> make, CancellationToken ct)
    {
        for (var tried = 1; ; tried++)
        {
            var wait = TimeSpan.FromSeconds(Math.Pow(2, tried - 1) / 2);
            try
            {
                using var request = make();
                var answer = await http.SendAsync(request, ct);
                if (tried == Tries || !MayPass(answer.StatusCode)) return answer;
                if (answer.Headers.RetryAfter?.Delta is { } asked) wait = asked;
                answer.Dispose();
            }
            catch (HttpRequestException e)
            {
                if (tried == Tries) throw new ApiException($"The API at {Root} cannot be reached: {e.Message}", e);
            }
            catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
            {
                throw new ApiException($"The API at {Root} does not answer within {http.Timeout.TotalMinutes} min.", e);
            }

            await Task.Delay(wait > TimeSpan.FromSeconds(30) ? TimeSpan.FromSeconds(30) : wait, ct);
        }
    }

    private static bool MayPass(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static async Task<ApiException> Refusal(HttpResponseMessage answer, CancellationToken ct)
    {
        var asked = $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri}";
        if (answer.StatusCode is HttpStatusCode.Unauthorized)
            return new ApiException($"The API does not take this key and secret ({asked}: 401).");

        var said = (await Read(answer, ct))?["detail"]?.ToString() ?? "";
        return new ApiException($"{asked} answered {(int)answer.StatusCode}{(said is "" ? "" : ": " + said)}");
    }
}

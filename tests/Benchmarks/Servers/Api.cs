using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Dlcs.Benchmarks.Servers;

/// <summary>The API of an installation, as customer 1.</summary>
internal sealed class Api : IDisposable
{
    private readonly HttpClient http;

    public Api(Uri address, string key, string secret)
    {
        Address = address;
        http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
        Credentials = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{key}:{secret}")));
        http.DefaultRequestHeaders.Authorization = Credentials;
    }

    public Uri Address { get; }

    public AuthenticationHeaderValue Credentials { get; }

    public async Task<JsonNode> Get(string path, CancellationToken ct)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), ct);
        return await Read(answer, ct);
    }

    /// <summary>An answer as it comes, unread.</summary>
    public Task<byte[]> Bytes(string path, CancellationToken ct) =>
        http.GetByteArrayAsync(new Uri(path, UriKind.Relative), ct);

    public async Task<JsonNode> Put(string path, JsonObject body, CancellationToken ct)
    {
        using var answer = await http.PutAsync(new Uri(path, UriKind.Relative), JsonContent.Create(body), ct);
        return await Read(answer, ct);
    }

    public Task<JsonNode> Post(string path, JsonObject body, CancellationToken ct) =>
        Post(path, Encoding.UTF8.GetBytes(body.ToJsonString()), wait: true, ct);

    /// <param name="body">JSON.</param>
    /// <param name="wait">For the views to show it.</param>
    public async Task<JsonNode> Post(string path, byte[] body, bool wait, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        if (!wait) request.Headers.Add("Prefer", "respond-async");
        using var answer = await http.SendAsync(request, ct);
        if (answer.Headers.TryGetValues("Dlcs-Visible", out var visible) && visible.Contains("false") && wait)
            throw new IOException($"the views lag behind {path}");
        return await Read(answer, ct);
    }

    /// <summary>Makes a space when it is not there.</summary>
    public Task<JsonNode> Space(int id, CancellationToken ct) =>
        Put($"/customers/1/spaces/{id}", new() { ["name"] = $"space {id}" }, ct);

    public void Dispose() => http.Dispose();

    private static async Task<JsonNode> Read(HttpResponseMessage answer, CancellationToken ct)
    {
        if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created)
            return await answer.Content.ReadFromJsonAsync<JsonNode>(ct) ?? throw new IOException("no body");

        var request = answer.RequestMessage!;
        var reason = await answer.Content.ReadAsStringAsync(ct);
        throw new IOException($"{request.Method} {request.RequestUri} answered {(int)answer.StatusCode}: {reason}");
    }
}

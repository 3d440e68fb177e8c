using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dlcs.Kernel;
using Microsoft.Extensions.Logging;

namespace Dlcs.Read.Images.Elastic;

/// <summary>The REST API, request by request. What passes by itself is asked again a few times.</summary>
public sealed class ElasticClient : IDisposable
{
    /// <summary>What to do about it.</summary>
    internal const string RefusesCredentials =
        "refuses these credentials, or what they may do: look at Elastic:ApiKey, or Elastic:Username and "
        + "Elastic:Password";

    private static readonly TimeSpan[] Pauses = [.. new[] { 50, 200, 800 }.Select(ms => TimeSpan.FromMilliseconds(ms))];

    private readonly HttpClient http;
    private readonly ILogger<ElasticClient> logger;
    private ElasticProduct? product;

    /// <exception cref="IndexUnavailableException">The file of certificates cannot be read.</exception>
    public ElasticClient(ElasticSettings settings, ILogger<ElasticClient> logger)
    {
        (Settings, this.logger) = (settings, logger);
        Ailment = new("The image index", logger, TimeProvider.System);
        http = ElasticConnection.Open(settings);
    }

    internal ElasticSettings Settings { get; }

    internal Ailment Ailment { get; }

    /// <summary>Whether it is a search engine, and lets us in.</summary>
    /// <exception cref="IndexUnavailableException">It is not, or does not.</exception>
    public Task Ping(CancellationToken ct) => Product(ct).AsTask();

    /// <summary>Which engine this is; asked once.</summary>
    internal async ValueTask<ElasticProduct> Product(CancellationToken ct)
    {
        if (product is not null) return product;
        var root = await Ask(HttpMethod.Get, "", null, ElasticJson.Default.RootAnswer, ct);
        var found = Known(root);
        logger.LogInformation("The image index is on {Engine} {Version} at {Url}", found.Name, found.Version, Settings);
        if (!found.IsTested)
        {
            logger.LogWarning(
                "{Engine} {Version} is not one that this was tested with ({Tested}): it is used all the same",
                found.Name, found.Version, ElasticProduct.Tested);
        }
        return product = found;
    }

    private ElasticProduct Known(RootAnswer root)
    {
        try
        {
            return ElasticProduct.Of(root, Settings);
        }
        catch (IndexUnavailableException e)
        {
            Ailment.Meets(e.Message);
            throw;
        }
    }

    /// <summary>A request that may be made again without harm.</summary>
    /// <exception cref="ElasticException">The engine refuses it for good.</exception>
    /// <exception cref="IndexUnavailableException">It cannot be reached, or is too busy.</exception>
    /// <param name="patience">How long to wait for one that is too busy; <c>null</c>: a moment, as people do.</param>
    internal async Task<T> Ask<T>(
        HttpMethod method, string path, ReadOnlyMemory<byte>? json, JsonTypeInfo<T> type, CancellationToken ct,
        TimeSpan? patience = null)
    {
        try
        {
            return await Insist(method, path, json, type, patience, ct);
        }
        catch (IndexUnavailableException e)
        {
            Ailment.Meets(e.Message);
            throw;
        }
        catch (ElasticException e) when (!e.IsAnswer)
        {
            Ailment.Meets($"{Settings} says {e.Message}");
            throw;
        }
    }

    private async Task<T> Insist<T>(
        HttpMethod method, string path, ReadOnlyMemory<byte>? json, JsonTypeInfo<T> type, TimeSpan? patience,
        CancellationToken ct)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        ending.CancelAfter(patience ?? Settings.QueryTime);
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await Once(method, path, json is { } body ? Content(body, "application/json") : null, type,
                    ending.Token);
            }
            catch (ElasticException e) when (e.MayPass)
            {
                var busy = $"{Settings} is too busy: {e.Message}";
                if (tries >= Pauses.Length)
                {
                    if (patience is null || ending.IsCancellationRequested)
                        throw new IndexUnavailableException(busy, e);
                    Ailment.Meets(busy);
                }
            }
            catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
            {
                throw new IndexUnavailableException($"{Settings} did not answer in time", e);
            }
            await Task.Delay(Jittered(Pauses[Math.Min(tries, Pauses.Length - 1)]), ct);
        }
    }

    /// <summary>Without another try.</summary>
    internal async Task<T> Once<T>(
        HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken ct)
    {
        var began = Ailment.Now;
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            await using var body = await answer.Content.ReadAsStreamAsync(ct);
            if (!answer.IsSuccessStatusCode) throw await Refusal(answer.StatusCode, body, ct);
            var read = await JsonSerializer.DeserializeAsync(body, type, ct) ?? throw new JsonException("null");
            Ailment.Answers(began);
            return read;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new IndexUnavailableException($"{Settings} cannot be reached: {e.GetBaseException().Message}", e);
        }
        catch (JsonException e)
        {
            throw new IndexUnavailableException($"{Settings} answers what no search engine answers: {e.Message}", e);
        }
    }

    /// <summary>For an answer that lacks what every engine says.</summary>
    internal IndexUnavailableException Nonsense(string to)
    {
        var nonsense = new IndexUnavailableException($"{Settings} answers {to} with what no search engine answers");
        Ailment.Meets(nonsense.Message);
        return nonsense;
    }

    internal static HttpContent Content(ReadOnlyMemory<byte> body, string type)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    /// <summary>Half of it to all of it, so that not everybody comes back at the same time.</summary>
    internal static TimeSpan Jittered(TimeSpan pause) => pause * (0.5 + Random.Shared.NextDouble() / 2);

    private async Task<Exception> Refusal(HttpStatusCode status, Stream body, CancellationToken ct)
    {
        var (type, reason) = await Error(body, ct);
        if (status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
            return new ElasticException(status, type, reason);
        return type is ElasticException.Block
            ? new ElasticException(HttpStatusCode.TooManyRequests, type, reason) // a full disk, of old
            : new IndexUnavailableException($"{Settings} {RefusesCredentials} ({(int)status})");
    }

    private static async Task<(string Type, string Reason)> Error(Stream body, CancellationToken ct)
    {
        try
        {
            var error = (await JsonSerializer.DeserializeAsync(body, ElasticJson.Default.ErrorAnswer, ct))!.Error;
            return error.ValueKind is JsonValueKind.Object
                ? (error.GetProperty("type").GetString() ?? "", error.GetProperty("reason").GetString() ?? "")
                : (ElasticException.NoType, error.ToString());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return (ElasticException.NoType, "no reason was given"); // a proxy's page
        }
    }

    public void Dispose() => http.Dispose();
}

using System.Net.Http.Json;

namespace Dlcs.Integration.Servers;

/// <summary>
/// The engines of <c>DLCS_TEST_SERVERS</c> have Java's serial collector, which works only when memory is asked for. One
/// that is full of garbage refuses every request for fear of its limit, so that none is ever asked for again: it would
/// stand still for good. Without that limit it collects.
/// </summary>
internal static class EngineMemory
{
    public static async Task Unlimit(HttpClient http, Uri engine)
    {
        var limit = new Dictionary<string, string> { ["indices.breaker.total.limit"] = "1gb" };
        using var answer = await http.PutAsJsonAsync(
            new Uri(engine, "/_cluster/settings"), new Dictionary<string, object> { ["persistent"] = limit });
        answer.EnsureSuccessStatusCode();
    }
}

using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Dlcs.Benchmarks.Loading;

/// <summary>
/// What the engine takes by itself: the documents of an index once more, as requests made beforehand, over three
/// connections of 2,000 documents each.
/// </summary>
internal sealed class RawBulk(Uri engine) : IDisposable
{
    private const int Items = 2_000;
    private const int Connections = 3;
    private readonly HttpClient http = new() { BaseAddress = engine, Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>Bulk requests for the first documents of an index, and how many they are.</summary>
    public async Task<(List<byte[]> Requests, int Documents)> Prepare(string index, int atMost, CancellationToken ct)
    {
        await http.PostAsync($"{index}/_refresh", null, ct);
        var requests = new List<byte[]>();
        var (documents, after) = (0, "");
        while (documents < atMost)
        {
            var query = $$$"""
                {"size":{{{Items}}},"version":true,"sort":["space","name","from_at"],
                "query":{"exists":{"field":"customer"}} {{{after}}} }
                """;
            using var asked = new StringContent(query, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync($"{index}/_search", asked, ct);
            var hits = JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct))!["hits"]!["hits"]!.AsArray();
            if (hits.Count is 0) break;
            var request = new StringBuilder();
            foreach (var hit in hits)
            {
                var action = new JsonObject
                {
                    ["_id"] = hit!["_id"]!.DeepClone(),
                    ["version"] = hit["_version"]!.DeepClone(),
                    ["version_type"] = "external",
                };
                request.Append(new JsonObject { ["index"] = action }.ToJsonString()).Append('\n')
                    .Append(hit["_source"]!.ToJsonString()).Append('\n');
            }
            requests.Add(Encoding.UTF8.GetBytes(request.ToString()));
            documents += hits.Count;
            after = $""","search_after":{hits[^1]!["sort"]!.ToJsonString()}""";
        }
        return (requests, documents);
    }

    /// <summary>Makes an index like that one, without anything in it.</summary>
    public async Task Like(string index, string name, CancellationToken ct)
    {
        var mapping = (await http.GetFromJsonAsync<JsonNode>($"{index}/_mapping", ct))![index]!["mappings"]!;
        await http.DeleteAsync(name, ct);
        (await http.PutAsJsonAsync(name, new JsonObject
        {
            ["settings"] = new JsonObject
            {
                ["number_of_replicas"] = 0,
                ["refresh_interval"] = "-1",
                ["translog.durability"] = "async",
            },
            ["mappings"] = mapping.DeepClone(),
        }, ct)).EnsureSuccessStatusCode();
    }

    public async Task Send(string index, IReadOnlyList<byte[]> requests, CancellationToken ct)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            for (var at = Interlocked.Increment(ref next); at < requests.Count; at = Interlocked.Increment(ref next))
            {
                while (!await Once(index, requests[at], ct)) await Task.Delay(100, ct);
            }
        }));
    }

    public Task Delete(string index, CancellationToken ct) => http.DeleteAsync(index, ct);

    public async Task<long> Count(string index, CancellationToken ct)
    {
        await http.PostAsync($"{index}/_refresh", null, ct);
        return (await http.GetFromJsonAsync<JsonNode>($"{index}/_count", ct))!["count"]!.GetValue<long>();
    }

    public void Dispose() => http.Dispose();

    /// <returns><c>false</c>: the engine was too busy for some.</returns>
    private async Task<bool> Once(string index, byte[] request, CancellationToken ct)
    {
        using var body = new ByteArrayContent(request);
        body.Headers.ContentType = new("application/x-ndjson");
        using var answer = await http.PostAsync($"{index}/_bulk?filter_path=errors", body, ct);
        var said = await answer.Content.ReadAsStringAsync(ct);
        return answer.IsSuccessStatusCode && said.Contains("false", StringComparison.Ordinal);
    }
}

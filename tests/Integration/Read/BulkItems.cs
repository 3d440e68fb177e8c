using System.Text.Json.Nodes;
using Dlcs.Integration.Servers;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.Read;

/// <summary>Requests to <c>_bulk</c>, item by item.</summary>
internal static class BulkItems
{
    public static bool IsBulk(HttpContext http) =>
        http.Request.Path.Value?.EndsWith("/_bulk", StringComparison.Ordinal) is true;

    /// <summary>The two lines of each item.</summary>
    public static IReadOnlyList<string> Of(string body) =>
        [.. body.TrimEnd('\n').Split('\n').Chunk(2).Select(lines => string.Join('\n', lines) + '\n')];

    /// <summary>Has the engine take some of the items, and answers as if it had no room for the others.</summary>
    /// <param name="refuses">By its number in the request.</param>
    /// <param name="told">Of the others, before the answer is.</param>
    public static async Task TakeSome(
        HttpContext http, string body, Func<string, Task<(int Status, string Body)>> engine, Predicate<int> refuses,
        Action<IReadOnlyList<string>> told)
    {
        var items = Of(body);
        var refused = Enumerable.Range(0, items.Count).Where(i => refuses(i)).ToHashSet();
        var taken = string.Concat(items.Where((_, i) => !refused.Contains(i)));
        var answer = taken is "" ? [] : JsonNode.Parse((await engine(taken)).Body)!["items"]!.AsArray();
        var all = new JsonArray();
        for (var i = 0; i < items.Count; i++)
        {
            var item = refused.Contains(i) ? JsonNode.Parse("""
                {"index":{"status":429,"error":{"type":"es_rejected_execution_exception","reason":"full"}}}
                """) : answer[0];
            if (!refused.Contains(i)) answer.RemoveAt(0);
            all.Add(item);
        }
        told([.. refused.Order().Select(i => items[i])]);
        await Middleman.Answer(http, 200, new JsonObject { ["errors"] = true, ["items"] = all }.ToJsonString());
    }
}

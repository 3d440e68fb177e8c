using System.Text.Json.Nodes;

namespace Dlcs.Host.Commands.Adding;

/// <summary>Finds by name what must be there, and makes it when it is not.</summary>
internal static class Places
{
    /// <returns>The space's number.</returns>
    public static async Task<int> Space(ApiClient api, string name, CancellationToken ct)
    {
        var body = new JsonObject { ["name"] = name };
        var space = await Named(api, "spaces", name, ct) ?? await api.Post("spaces", body, ct);
        return (int?)space["id"] ?? throw new ApiException($"The API did not say which number the space {name} has.");
    }

    /// <returns>Its template.</returns>
    public static async Task<string> NamedQuery(ApiClient api, string name, CancellationToken ct)
    {
        var body = new JsonObject { ["name"] = name, ["template"] = ManifestPath.DefaultTemplate };
        var query = await Named(api, "namedQueries", name, ct) ?? await api.Post("namedQueries", body, ct);
        return (string?)query["template"] ?? ManifestPath.DefaultTemplate;
    }

    /// <summary>Names that differ by case alone are the same name.</summary>
    private static async Task<JsonObject?> Named(ApiClient api, string path, string name, CancellationToken ct)
    {
        await foreach (var member in api.Members(path, ct))
        {
            if (string.Equals((string?)member["name"], name, StringComparison.OrdinalIgnoreCase)) return member;
        }

        return null;
    }
}

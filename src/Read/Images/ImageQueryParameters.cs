using System.Globalization;
using System.Text.Json;
using Dlcs.Read.Api;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Read.Images;

/// <summary>
/// The query of a request: <c>string1=…</c>, <c>tags=a,b</c>, <c>q={"string1":["a","b"]}</c>,
/// <c>orderBy=…</c>. A parameter of its own wins over the same field in <c>q</c>.
/// </summary>
public static class ImageQueryParameters
{
    private static readonly string[] Texts = ["string1", "string2", "string3", "id", "mediaType", "error", "origin"];
    private static readonly string[] Numbers = ["number1", "number2", "number3", "space", "batch", "width", "height"];
    private static readonly string[] Lists = ["tags", "roles", "manifests"];
    private static readonly string[] Whole = ["tagsAll", "rolesAll", "manifestsAll"];

    private static readonly string[] OnlyInQ = ["id", "batch", "width", "height"];

    /// <summary>What <c>orderBy</c> takes.</summary>
    private static readonly IReadOnlyList<string> Orders =
        [.. Texts, .. Numbers, "created", "finished", "ingesting", "maxUnauthorised"];

    /// <param name="fixedTo">Criteria of the path: the space, the batch.</param>
    /// <returns>The query, or a sentence that says what is wrong with the request.</returns>
    public static (ImageQuery? Query, string? Fault) Parse(
        HttpRequest request, int customer, IReadOnlyList<Criterion> fixedTo, Urls urls)
    {
        var asked = new Dictionary<string, List<FieldValue>>(StringComparer.Ordinal);
        var fault = FromJson(request.Query["q"], asked) ?? FromParameters(request.Query, asked);
        if (fault is not null) return (null, fault);

        var criteria = asked
            .Where(a => !fixedTo.Any(f => f.Field == Field(a.Key)))
            .Select(a => new Criterion(Field(a.Key), Values(a.Key, a.Value, customer, urls), Whole.Contains(a.Key)));
        var (order, wrong) = Order(request.Query);
        return wrong is not null ? (null, wrong) : (new(customer, [.. fixedTo, .. criteria], [order!]), null);
    }

    private static string? FromJson(string? q, Dictionary<string, List<FieldValue>> asked)
    {
        if (string.IsNullOrWhiteSpace(q)) return null;
        try
        {
            using var document = JsonDocument.Parse(q);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
                return "Could not parse query: q is not a JSON object";
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind is JsonValueKind.Null) continue;
                if (!Known(member.Name)) return $"q: unknown field '{member.Name}'; known are {Names()}";
                IEnumerable<JsonElement> values =
                    member.Value.ValueKind is JsonValueKind.Array ? member.Value.EnumerateArray() : [member.Value];
                foreach (var value in values)
                    if (Add(asked, member.Name, Text(value)) is { } fault) return $"q: {fault}";
            }
            return null;
        }
        catch (JsonException e)
        {
            return $"Could not parse query: {e.Message}";
        }
    }

    private static string? FromParameters(IQueryCollection query, Dictionary<string, List<FieldValue>> asked)
    {
        foreach (var (name, values) in query.Where(q => Known(q.Key) && !OnlyInQ.Contains(q.Key)))
        {
            asked.Remove(name);
            var split = Lists.Contains(name) || Whole.Contains(name);
            foreach (var value in values.SelectMany(v => split ? (v ?? "").Split(',') : [v ?? ""]))
                if (Add(asked, name, value) is { } fault) return fault;
        }
        return null;
    }

    private static string? Add(Dictionary<string, List<FieldValue>> asked, string name, string value)
    {
        if (!asked.TryGetValue(name, out var values)) asked[name] = values = [];
        if (!Numbers.Contains(name))
        {
            values.Add(new(value, 0));
            return null;
        }
        if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return $"{name} must be a whole number, not '{value}'";
        values.Add(new(null, number));
        return null;
    }

    private static (Order? Order, string? Fault) Order(IQueryCollection query)
    {
        var descending = query["orderByDescending"].ToString();
        var name = descending is "" ? query["orderBy"].ToString() : descending;
        if (name.Length < 2) return (new(ImageField.Created, descending is not ""), null);
        return Orders.FirstOrDefault(o => o.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known
            ? (new(Field(known), descending is not ""), null)
            : (null, $"orderBy: unknown field '{name}'; known are {string.Join(", ", Orders)}");
    }

    private static List<FieldValue> Values(string name, List<FieldValue> values, int customer, Urls urls) =>
        name.StartsWith("roles", StringComparison.Ordinal)
            ? [.. values.Select(v => v with { Text = Relative(v.Text!, urls.Role(customer, "")) })] : values;

    /// <summary>The customer's own roles are stored relative.</summary>
    private static string Relative(string role, string own) =>
        role.StartsWith(own, StringComparison.Ordinal) ? role[own.Length..] : role;

    private static string Text(JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static bool Known(string name) =>
        Texts.Contains(name) || Numbers.Contains(name) || Lists.Contains(name) || Whole.Contains(name);

    private static string Names() => string.Join(", ", [.. Texts, .. Numbers, .. Lists, .. Whole]);

    private static ImageField Field(string name) => name switch
    {
        "tagsAll" => ImageField.Tags,
        "rolesAll" => ImageField.Roles,
        "manifestsAll" => ImageField.Manifests,
        _ => Enum.Parse<ImageField>(name, ignoreCase: true),
    };
}

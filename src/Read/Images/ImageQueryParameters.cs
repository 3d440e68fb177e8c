using System.Text.Json;
using Dlcs.Kernel;
using Dlcs.Read.Api;
using Dlcs.Read.Images.Searching;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Read.Images;

/// <summary>
/// The query of a request: <c>string1=…</c>, <c>tags=a,b</c>, <c>number1=10..20</c>, <c>text=…</c>,
/// <c>q={"string1":["a","b"]}</c>, <c>facets=…</c>, <c>orderBy=…</c>, <c>after=…</c>. A parameter of its own wins over
/// the same field in <c>q</c>.
/// </summary>
public static class ImageQueryParameters
{
    private const int MostFacets = 10;

    /// <param name="fixedTo">Criteria of the path: the space, the batch.</param>
    /// <returns>The query, or a sentence that says what is wrong with the request.</returns>
    public static (ImageQuery? Query, string? Fault) Parse(
        HttpRequest request, int customer, IReadOnlyList<Criterion> fixedTo, Urls urls)
    {
        var asked = new Asked();
        var parameters = request.Query;
        var fault = FromJson(parameters["q"], asked) ?? FromParameters(parameters, asked);
        if (fault is not null) return (null, fault);

        var (text, noText) = Text(asked.Text);
        var (facets, noFacets) = Facets(parameters);
        var (order, noOrder) = Order(parameters);
        var (after, noCursor) = order is null ? (null, null) : After(parameters["after"].ToString(), order);
        if ((noText ?? noFacets ?? noOrder ?? noCursor) is { } wrong) return (null, wrong);

        var criteria =
            from a in asked.Values
            let field = QueryFields.Field(a.Name)
            where !fixedTo.Any(f => f.Field == field)
            select new Criterion(field, Values(a.Name, a.Values, customer, urls), QueryFields.IsAll(a.Name));
        return (new(customer, [.. fixedTo, .. criteria], [order!])
        {
            Text = text,
            Ranges = [.. asked.Ranges],
            Facets = facets,
            After = after,
        }, null);
    }

    /// <summary>Whether each image is to say where the text was found: <c>highlight=true</c>.</summary>
    public static (bool Highlight, string? Fault) Highlight(HttpRequest request) =>
        request.Query["highlight"].ToString() switch
        {
            "" or "false" => (false, null),
            "true" => (true, null),
            var other => (false, $"highlight must be true or false, not '{other}'"),
        };

    private static string? FromJson(string? q, Asked asked)
    {
        if (string.IsNullOrWhiteSpace(q)) return null;
        try
        {
            using var document = JsonDocument.Parse(q);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
                return "Could not parse query: q is not a JSON object";
            var sent = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind is JsonValueKind.Null) continue;
                if (QueryFields.Member(member.Name) is not { } name)
                    return $"q: unknown field '{member.Name}'; known are {Names(QueryFields.Members)}";
                if (!sent.Add(name)) return $"q: {name} is sent twice: name several values in a list";
                if (FromMember(name, member.Value, asked) is { } fault) return $"q: {fault}";
            }
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // half a surrogate pair
        {
            return $"Could not parse query: {e.Message}";
        }
    }

    private static string? FromMember(string name, JsonElement sent, Asked asked)
    {
        IReadOnlyList<JsonElement> values = sent.ValueKind is JsonValueKind.Array ? [.. sent.EnumerateArray()] : [sent];
        if (values is []) return $"{name} is an empty list: name values, or leave it out";
        foreach (var value in values)
        {
            if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null)
                return $"{name} must be a text, a number or a list of them, not {Shown(value)}";
            if (asked.Add(name, Text(value)) is { } fault) return fault;
        }
        return null;
    }

    /// <summary>What is sent empty, as by forms that name every field, asks for nothing; <c>q</c> can.</summary>
    private static string? FromParameters(IQueryCollection query, Asked asked)
    {
        foreach (var (key, values) in query)
        {
            if (QueryFields.Parameter(key) is not { } name) continue;
            var split = name is not "text" && QueryFields.Of(name).IsList;
            var sent = values.SelectMany(v => split ? (v ?? "").Split(',') : [v ?? ""])
                .Where(v => !string.IsNullOrWhiteSpace(v)).ToList();
            if (sent is []) continue;
            asked.Forget(name);
            foreach (var value in sent)
                if (asked.Add(name, value) is { } fault) return fault;
        }
        return null;
    }

    private static (TextQuery? Text, string? Fault) Text(string text) =>
        string.IsNullOrWhiteSpace(text) ? (null, null) : TextQueryParser.Parse(text);

    private static (IReadOnlyList<ImageField> Facets, string? Fault) Facets(IQueryCollection query)
    {
        var names = query["facets"].SelectMany(f => (f ?? "").Split(',')).Where(n => n is not "").Distinct().ToList();
        if (names.Count > MostFacets) return ([], $"facets takes at most {MostFacets} fields, not {names.Count}");
        return names.Find(n => !QueryFields.Facets.Contains(n)) is { } unknown
            ? ([], $"facets: unknown field '{unknown}'; known are {Names(QueryFields.Facets)}")
            : ([.. names.Select(QueryFields.Field)], null);
    }

    private static (Order? Order, string? Fault) Order(IQueryCollection query)
    {
        var descending = query["orderByDescending"].ToString();
        var name = descending is "" ? query["orderBy"].ToString() : descending;
        if (name.Length < 2) return (new(ImageField.Created, descending is not ""), null);
        return QueryFields.Orders.FirstOrDefault(o => o.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known
            ? (new(QueryFields.Field(known), descending is not ""), null)
            : (null, $"orderBy: unknown field '{name}'; known are {Names(QueryFields.Orders)}");
    }

    private static (Cursor? After, string? Fault) After(string after, Order order) =>
        after is "" ? (null, null)
        : CursorText.Read(after, order) is { } cursor ? (cursor, null)
        : (null, "after is no cursor of this order: take it, and the order, from the 'next' link of a page");

    private static IReadOnlyList<FieldValue> Values(
        string name, IReadOnlyList<FieldValue> values, int customer, Urls urls) =>
        name.StartsWith("roles", StringComparison.Ordinal)
            ? [.. values.Select(v => v with { Text = OwnRole.Kept(v.Text!, customer, urls.Api) })] : values;

    private static string Text(JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Null => "null",
        _ => "a list within a list",
    };

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);
}

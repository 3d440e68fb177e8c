using System.Text.Json;

namespace Dlcs.Integration.Presentation;

/// <summary>
/// What https://iiif.io/api/presentation/3.0/ demands of a manifest, rule by rule. Answers with the sentences that a
/// document breaks, each with the place where it does.
/// </summary>
internal static class Presentation3Rules
{
    private const string Context = "http://iiif.io/api/presentation/3/context.json";

    private static readonly string[] Arrays =
        ["items", "thumbnail", "service", "services", "metadata", "rendering", "seeAlso", "partOf", "provider",
            "behavior", "structures", "annotations", "homepage"];

    public static IReadOnlyList<string> Broken(JsonElement manifest)
    {
        var faults = new List<string>();
        Rule(faults, manifest.TryGetProperty("@context", out var context) && context.ValueKind is JsonValueKind.String
            && context.GetString() is Context, "4.6 the value of @context must be the URI of the context", "$");
        Typed(faults, manifest, "Manifest", "$");
        Rule(faults, Has(manifest, "label"), "3.1 a Manifest must have the label property", "$");
        Rule(faults, Items(manifest).Length > 0, "3.4 a Manifest must have at least one item", "$");
        foreach (var (canvas, i) in Items(manifest).Select((c, i) => (c, i))) Canvas(faults, canvas, $"$.items[{i}]");
        Everywhere(faults, manifest, "$");
        Unique(faults, manifest);
        return faults;
    }

    private static void Canvas(List<string> faults, JsonElement canvas, string at)
    {
        Typed(faults, canvas, "Canvas", at);
        Rule(faults, !Id(canvas).Contains('#'), "3.2 a Canvas id must not have a fragment", at);
        Rule(faults, Positive(canvas, "height") && Positive(canvas, "width"),
            "3.3 height and width must be integers greater than 0, and are given together", at);
        Rule(faults, Has(canvas, "label"), "3.1 a Canvas should have the label property", at);
        Rule(faults, Items(canvas).Length > 0, "3.4 a Canvas should have at least one item", at);
        foreach (var page in Items(canvas))
        {
            Typed(faults, page, "AnnotationPage", at);
            foreach (var annotation in Items(page)) Annotation(faults, annotation, canvas, at);
        }
    }

    private static void Annotation(List<string> faults, JsonElement annotation, JsonElement canvas, string at)
    {
        Typed(faults, annotation, "Annotation", at);
        Rule(faults, Text(annotation, "motivation") is "painting", "5.6 content of a Canvas must be painting it", at);
        Rule(faults, Text(annotation, "target") == Id(canvas), "5.6 the target must be its Canvas", at);
        Rule(faults, annotation.TryGetProperty("body", out var body), "5.6 an Annotation paints with a body", at);
        if (body.ValueKind is not JsonValueKind.Object) return;
        Typed(faults, body, "Image", at);
        Rule(faults, Positive(body, "height") && Positive(body, "width"), "3.3 an image should have its size", at);
        Rule(faults, Text(body, "format") is { } format && format.Contains('/', StringComparison.Ordinal),
            "3.2 content resources should have the format property, a media type", at);
    }

    /// <summary>Rules for every object, wherever it stands.</summary>
    private static void Everywhere(List<string> faults, JsonElement element, string at)
    {
        if (element.ValueKind is JsonValueKind.Array)
            foreach (var (item, i) in element.EnumerateArray().Select((e, i) => (e, i)))
                Everywhere(faults, item, $"{at}[{i}]");
        if (element.ValueKind is not JsonValueKind.Object) return;
        foreach (var property in element.EnumerateObject())
        {
            var place = $"{at}.{property.Name}";
            if (Arrays.Contains(property.Name))
                Rule(faults, property.Value is { ValueKind: JsonValueKind.Array } many && many.GetArrayLength() > 0,
                    "4.2 properties with several values must be arrays, and not empty", place);
            if (property.Name is "label" or "value") LanguageMap(faults, property.Value, place);
            if (property.Name is "metadata") Metadata(faults, property.Value, place);
            if (property.Name is "service") Services(faults, property.Value, place);
            Rule(faults, property.Name is not "@context" || at is "$", "4.6 @context stands at the top alone", place);
            Everywhere(faults, property.Value, place);
        }
    }

    private static void LanguageMap(List<string> faults, JsonElement map, string at) => Rule(
        faults, map.ValueKind is JsonValueKind.Object && map.EnumerateObject().Any() && map.EnumerateObject().All(l =>
            l.Value.ValueKind is JsonValueKind.Array
            && l.Value.EnumerateArray().All(v => v.ValueKind is JsonValueKind.String)),
        "4.4 a language map must be an object whose values are arrays of strings", at);

    private static void Metadata(List<string> faults, JsonElement entries, string at) => Rule(
        faults, entries.EnumerateArray().All(e => Has(e, "label") && Has(e, "value")),
        "3.1 an entry of metadata must have label and value", at);

    private static void Services(List<string> faults, JsonElement services, string at)
    {
        foreach (var service in services.EnumerateArray())
        {
            var old = Text(service, "@type") is "ImageService1" or "ImageService2";
            Rule(faults, IsHttp(Text(service, old ? "@id" : "id")),
                "3.2 a service must have its id, of the old ones @id", at);
            Rule(faults, old || Has(service, "type"), "3.2 a service must have its type, of the old ones @type", at);
            Rule(faults, Text(service, "profile") is { Length: > 0 }, "3.2 a service should have its profile", at);
        }
    }

    private static void Typed(List<string> faults, JsonElement resource, string type, string at)
    {
        Rule(faults, Text(resource, "type") == type, $"3.2 all resources must have their type, here {type}", at);
        Rule(faults, IsHttp(Id(resource)), "3.2 the id must be an HTTP(S) URI", at);
    }

    /// <summary>"The value must be unique": whatever is defined here, and not referred to.</summary>
    private static void Unique(List<string> faults, JsonElement manifest)
    {
        var ids = Items(manifest).SelectMany(c => (JsonElement[])[c, .. Items(c), .. Items(c).SelectMany(Items)])
            .Append(manifest).Select(Id).ToArray();
        foreach (var twice in ids.GroupBy(id => id).Where(g => g.Count() > 1))
            faults.Add($"3.2 ids must be unique: {twice.Key}");
    }

    private static bool IsHttp(string? id) =>
        Uri.TryCreate(id, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && id!.All(c => c is > ' ' and <= '~' and not ('"' or '<' or '>'));

    private static void Rule(List<string> faults, bool holds, string sentence, string at)
    {
        if (!holds) faults.Add($"{sentence}: {at}");
    }

    private static JsonElement[] Items(JsonElement element) =>
        element.TryGetProperty("items", out var items) && items.ValueKind is JsonValueKind.Array
            ? [.. items.EnumerateArray()] : [];

    private static bool Has(JsonElement element, string name) => element.TryGetProperty(name, out _);

    private static bool Positive(JsonElement element, string name) =>
        element.TryGetProperty(name, out var n) && n.ValueKind is JsonValueKind.Number
        && n.TryGetInt32(out var number) && number > 0;

    private static string Id(JsonElement element) => Text(element, "id") ?? "";

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;
}

using System.Text.Json;
using Dlcs.Kernel.Events;
using Dlcs.Read.Api;
using Dlcs.Read.Images.Searching;

namespace Dlcs.Read.Images;

/// <summary>The image as JSON: field by field, so that history can tell which of them an event changed.</summary>
public static class ImageJson
{
    /// <summary>What a field reads like; writes nothing when the image has no value for it.</summary>
    internal sealed record Field(string Name, Action<Utf8JsonWriter, ImageView, Urls> Write);

    /// <summary>Everything that events can change.</summary>
    internal static IReadOnlyList<Field> Fields { get; } =
    [
        new("origin", (json, v, _) => { if (v.Image.Origin is { } o) json.WriteString("origin", o); }),
        new("originSha256", (json, v, _) => { if (Digest(v) is { } digest) json.WriteString("originSha256", digest); }),
        new("maxUnauthorised", (json, v, _) => json.WriteNumber("maxUnauthorised", v.Image.MaxUnauthorised)),
        new("maxWidth", (json, v, _) => json.WriteNumber("maxWidth", v.Image.MaxWidth)),
        new("openFullMax", (json, v, _) => json.WriteNumber("openFullMax", v.Image.OpenFullMax)),
        new("width", (json, v, _) => json.WriteNumber("width", v.Ready?.Width ?? 0)),
        new("height", (json, v, _) => json.WriteNumber("height", v.Ready?.Height ?? 0)),
        new("finished", (json, v, _) => json.Date("finished", v.Finished)),
        new("ingesting", (json, v, _) => json.WriteBoolean("ingesting", v.Ingesting)),
        new("error", (json, v, _) => json.WriteString("error", v.Error)),
        new("tags", (json, v, _) => json.Strings("tags", v.Image.Tags)),
        new("string1", (json, v, _) => json.WriteString("string1", v.Image.String1)),
        new("string2", (json, v, _) => json.WriteString("string2", v.Image.String2)),
        new("string3", (json, v, _) => json.WriteString("string3", v.Image.String3)),
        new("number1", (json, v, _) => json.WriteNumber("number1", v.Image.Number1)),
        new("number2", (json, v, _) => json.WriteNumber("number2", v.Image.Number2)),
        new("number3", (json, v, _) => json.WriteNumber("number3", v.Image.Number3)),
        new("roles", (json, v, urls) => json.Strings("roles", v.Image.Roles.Select(r => urls.Role(v.Id.Customer, r)))),
        new("batch", (json, v, urls) =>
        {
            if (v.Batch is { } batch) json.WriteString("batch", urls.Batch(v.Id.Customer, batch));
        }),
        new("mediaType", (json, v, _) => { if (MediaType(v) is { } type) json.WriteString("mediaType", type); }),
        new("family", (json, v, _) => json.WriteString("family", v.Image.Family)),
        new("deliveryChannels", Channels),
        new("manifests", (json, v, _) => json.Strings("manifests", v.Image.Manifests)),
    ];

    /// <param name="found">What was searched for: the image says where it was found.</param>
    public static void Write(Utf8JsonWriter json, ImageView view, Urls urls, TextQuery? found = null)
    {
        var id = urls.Image(view.Id);
        json.Begin(urls, "Image", id);
        json.WriteString("id", view.Id.Name);
        json.WriteNumber("space", view.Id.Space.Space);
        if (view.Pyramid is not null) json.WriteString("imageService", $"{urls.Public}/iiif-img/{view.Id.Path}");
        if (view.Thumbnails.Count > 0)
            json.WriteString("thumbnailImageService", $"{urls.Public}/thumbs/{view.Id.Path}");
        json.Date("created", view.Created);
        json.WriteNumber("duration", 0);
        foreach (var field in Fields) field.Write(json, view, urls);
        if (found is not null) Write(json, Highlights.Of(view, found));
        json.Links(id, "storage", "history");
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Highlight> highlights)
    {
        json.WriteStartObject("highlights");
        foreach (var (field, fragments) in highlights) json.Strings(field, fragments);
        json.WriteEndObject();
    }

    /// <summary>Of the bytes that it is made from: those that were sent, or those that were fetched last.</summary>
    private static string? Digest(ImageView view) =>
        view.Image.Upload?.Sha256 ?? (view is { Ingesting: false, Error: "" } ? view.Ready?.Origin.Sha256 : null);

    private static string? MediaType(ImageView view) => view.Image.MediaType ?? view.Ready?.MediaType;

    private static void Channels(Utf8JsonWriter json, ImageView view, Urls urls)
    {
        json.WriteStartArray("deliveryChannels");
        foreach (var channel in view.Image.DeliveryChannels) Channel(json, channel);
        json.WriteEndArray();
    }

    private static void Channel(Utf8JsonWriter json, DeliveryChannel channel)
    {
        json.WriteStartObject();
        json.WriteString("@type", "vocab:DeliveryChannel");
        json.WriteString("channel", channel.Channel);
        json.WriteString("policy", channel.Policy);
        json.WriteEndObject();
    }
}

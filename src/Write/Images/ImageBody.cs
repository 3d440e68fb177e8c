using System.Text.Json;
using Dlcs.Write.Bodies;

namespace Dlcs.Write.Images;

/// <summary>An image as clients send it, whichever generation of them.</summary>
/// <param name="Id">Short or full; the old name <c>modelId</c> will do.</param>
/// <param name="Url">What <c>@id</c> says.</param>
/// <param name="File">The name of the file that came in its place.</param>
public sealed record ImageBody(
    Given<string> Id, Given<string> Url, Given<int> Space, Given<string> Family,
    Given<string> Origin, Given<string> File, Given<string> MediaType,
    Given<IReadOnlyList<ChannelBody>> DeliveryChannels,
    Given<string> ImageOptimisationPolicy, Given<string> ThumbnailPolicy,
    Given<string> String1, Given<string> String2, Given<string> String3,
    Given<long> Number1, Given<long> Number2, Given<long> Number3,
    Given<IReadOnlyList<string>> Tags, Given<IReadOnlyList<string>> Roles, Given<IReadOnlyList<string>> Manifests,
    Given<int> MaxUnauthorised, Given<int> MaxWidth, Given<int> OpenFullMax) : IBody<ImageBody>
{
    /// <summary>Old clients say neither what the image is nor how it is to be delivered.</summary>
    public bool IsLegacy => Blank(MediaType) && !DeliveryChannels.HasValue;

    public static ImageBody Read(Fields fields)
    {
        fields.RefuseAny(
            "is set by the platform and cannot be sent", "width", "height", "duration", "batch", "finished", "created");

        var id = fields.Text("id");
        return new(
            id.HasValue ? id : fields.Text("modelId"), fields.Text("@id"), fields.Small("space"), fields.Text("family"),
            fields.Text("origin"), fields.Text("file"), fields.Text("mediaType"),
            fields.Items("deliveryChannels", (name, e) => ChannelBody.Read(fields, name, e)),
            fields.Text("imageOptimisationPolicy"), fields.Text("thumbnailPolicy"),
            fields.Text("string1"), fields.Text("string2"), fields.Text("string3"),
            fields.Number("number1"), fields.Number("number2"), fields.Number("number3"),
            fields.Texts("tags"), fields.Texts("roles"), fields.Texts("manifests"),
            fields.Small("maxUnauthorised"), fields.Small("maxWidth"), fields.Small("openFullMax"));
    }

    private static bool Blank(Given<string> text) => string.IsNullOrWhiteSpace(text.Or(""));
}

/// <summary>A delivery channel: an object, or its name alone.</summary>
/// <param name="Policy">The last segment of its URI, or its name; <c>null</c> when the default is meant.</param>
public sealed record ChannelBody(string Channel, string? Policy)
{
    public static Given<ChannelBody> Read(Fields fields, string name, JsonElement e)
    {
        if (e.ValueKind is JsonValueKind.String && fields.TextOf(name, e) is var text)
            return text.HasValue ? Given.Of(new ChannelBody(text.Value, null)) : default;
        if (e.ValueKind is not JsonValueKind.Object)
            return fields.Wrong<ChannelBody>(name, "a string or an object", e);

        var within = fields.Within(name, e);
        var (channel, policy) = (within.Text("channel"), within.Text("policy").Or(""));
        return channel.HasValue
            ? new ChannelBody(channel.Value, policy is "" ? null : Last(policy))
            : fields.Refused<ChannelBody>(name, "must name a channel");
    }

    /// <summary>What a URI ends with; a name is its own end.</summary>
    internal static string Last(string uri) => uri.TrimEnd('/').Split('/')[^1];
}

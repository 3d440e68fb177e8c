using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write.Spaces;

namespace Dlcs.Write.Images;

/// <summary>
/// From what a client sends of an image to what is registered of it: defaults filled in, but those that an image which
/// is there already has another way: its channels stay, and so does the file that came with it.
/// </summary>
public static class Describing
{
    private const string Images = "I";

    /// <param name="body">Without fault.</param>
    /// <param name="home">The space, whose defaults it takes.</param>
    /// <param name="api">What the ids of roles begin with.</param>
    /// <returns>Without channels, origin or upload where the body says nothing of them.</returns>
    public static ImageDescription Describe(
        this ImageBody body, ImageId id, Space home, StoredUpload? upload, string api)
    {
        var roles = Roles.Kept([.. body.Roles.Or([]), .. home.DefaultRoles], id.Customer, api);
        return new(
            id, upload is null && body.Origin.HasValue ? body.Origin.Value : null, upload,
            Said(body.MediaType.Or("")), Images,
            body.DeliveryChannels.HasValue ? Channels.Resolve(body.DeliveryChannels.Value) : [],
            body.String1.Or(""), body.String2.Or(""), body.String3.Or(""),
            body.Number1.Or(0), body.Number2.Or(0), body.Number3.Or(0),
            Distinct([.. body.Tags.Or([]), .. home.DefaultTags]), roles, Distinct(body.Manifests.Or([])),
            MaxUnauthorised(body, home, roles), body.MaxWidth.Or(0), body.OpenFullMax.Or(0));
    }

    internal static IReadOnlyList<string> Distinct(IReadOnlyList<string> texts) =>
        [.. texts.Distinct(StringComparer.Ordinal)];

    internal static string? Said(string mediaType) => string.IsNullOrWhiteSpace(mediaType) ? null : mediaType;

    /// <summary>Old clients send 0 for an image that is open.</summary>
    private static int MaxUnauthorised(ImageBody body, Space home, IReadOnlyList<string> roles) =>
        body.IsLegacy && roles is [] && body.MaxUnauthorised is { HasValue: true, Value: 0 }
            ? -1
            : body.MaxUnauthorised.Or(home.MaxUnauthorised);
}

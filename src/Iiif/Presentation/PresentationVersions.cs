using Dlcs.Iiif.ImageApi;

namespace Dlcs.Iiif.Presentation;

/// <summary>Of the IIIF Presentation API: 2.1 or 3.0, numbered as the Image API's are.</summary>
internal static class PresentationVersions
{
    /// <summary>The JSON-LD context: names the version in documents and in media types.</summary>
    public static string Context(ApiVersion version) =>
        FormattableString.Invariant($"http://iiif.io/api/presentation/{(int)version}/context.json");

    /// <summary>Of a path's segment.</summary>
    public static ApiVersion? Of(string segment) => segment switch
    {
        "v2" => ApiVersion.V2,
        "v3" => ApiVersion.V3,
        _ => null,
    };
}

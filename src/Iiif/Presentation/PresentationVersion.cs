namespace Dlcs.Iiif.Presentation;

/// <summary>Of the IIIF Presentation API: 2.1 or 3.0.</summary>
public enum PresentationVersion { V2, V3 }

internal static class PresentationVersions
{
    private const string V2Context = "http://iiif.io/api/presentation/2/context.json";
    private const string V3Context = "http://iiif.io/api/presentation/3/context.json";

    extension(PresentationVersion version)
    {
        /// <summary>The JSON-LD context: names the version in documents and in media types.</summary>
        public string Context => version is PresentationVersion.V2 ? V2Context : V3Context;
    }

    /// <summary>Of a path's segment.</summary>
    public static PresentationVersion? Of(string segment) => segment switch
    {
        "v2" => PresentationVersion.V2,
        "v3" => PresentationVersion.V3,
        _ => null,
    };

    /// <summary>Of the profile of a media type; it may hold several, separated by spaces.</summary>
    public static PresentationVersion? OfProfile(string profile) =>
        profile.Contains(V3Context, StringComparison.Ordinal) ? PresentationVersion.V3
        : profile.Contains(V2Context, StringComparison.Ordinal) ? PresentationVersion.V2
        : null;
}

using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dlcs.Iiif.Presentation;

/// <summary>The form in which a manifest is sent; the answer varies by Accept and Accept-Encoding.</summary>
/// <param name="Coding"><c>br</c>, <c>gzip</c> or none.</param>
internal sealed record Representation(PresentationVersion Version, string ContentType, string? Coding)
{
    private const string Json = "application/json";

    /// <param name="demanded">By the path; otherwise Accept's profile decides, otherwise it is 3.</param>
    public static Representation Of(HttpRequest request, PresentationVersion? demanded)
    {
        var headers = request.GetTypedHeaders();
        var accept = headers.Accept.Where(m => m.Quality is not 0).OrderByDescending(m => m.Quality ?? 1).ToArray();
        var version = demanded ?? accept.Select(Profile).FirstOrDefault(v => v is not null) ?? PresentationVersion.V3;
        return new Representation(version, ContentTypeOf(version, accept), CodingOf(headers.AcceptEncoding));
    }

    /// <summary>
    /// 3.0, section 6.3, makes JSON-LD with its profile the rule, for all but who takes plain JSON only. 2.1, section
    /// 7.2: "If the client explicitly wants the JSON-LD content-type, then it must specify this in an Accept header,
    /// otherwise the server must return the regular JSON content-type."
    /// </summary>
    private static string ContentTypeOf(PresentationVersion version, MediaTypeHeaderValue[] accept) => version switch
    {
        PresentationVersion.V2 when !accept.Any(IsJsonLd) => Json,
        PresentationVersion.V3 when accept.Any(IsJson) && !accept.Any(TakesJsonLd) => Json,
        _ => $"application/ld+json;profile=\"{version.Context}\"",
    };

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase);

    private static bool IsJsonLd(MediaTypeHeaderValue type) =>
        type.MediaType.Equals("application/ld+json", StringComparison.OrdinalIgnoreCase);

    private static bool TakesJsonLd(MediaTypeHeaderValue type) =>
        type.MatchesAllTypes || type.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase)
        || IsJsonLd(type);

    private static PresentationVersion? Profile(MediaTypeHeaderValue type) =>
        type.Parameters.FirstOrDefault(p => p.Name.Equals("profile", StringComparison.OrdinalIgnoreCase)) is { } profile
            ? PresentationVersions.OfProfile(profile.GetUnescapedValue().ToString()) : null;

    private static string? CodingOf(IList<StringWithQualityHeaderValue> accepted) =>
        Accepts(accepted, "br") ? "br" : Accepts(accepted, "gzip") ? "gzip" : null;

    private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string coding) =>
        accepted.Any(a => a.Value.Equals(coding, StringComparison.OrdinalIgnoreCase) && a.Quality is not 0);
}

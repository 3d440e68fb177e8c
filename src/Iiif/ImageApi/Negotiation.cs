using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Dlcs.Iiif.ImageApi;

/// <summary>In which version, and under which media type, a document of IIIF is sent.</summary>
/// <param name="ContentType">The value of the header.</param>
/// <param name="ContextLink">
/// A value of the header Link: the context that makes JSON-LD of regular JSON
/// (https://www.w3.org/TR/json-ld11/#interpreting-json-as-json-ld); <c>null</c> where the media type is JSON-LD's own.
/// </param>
public readonly record struct Negotiation(ApiVersion Version, string ContentType, string? ContextLink)
{
    private const string Plain = "application/json";
    private const string JsonLd = "application/ld+json";
    private const string ContextRelation = $"rel=\"http://www.w3.org/ns/json-ld#context\";type=\"{JsonLd}\"";

    /// <param name="named">The version that the URL names; it wins over what <paramref name="accept"/> says.</param>
    /// <param name="otherwise">Where neither says anything.</param>
    /// <param name="context">The JSON-LD context of each version: the profile of its media type.</param>
    public static Negotiation Of(
        StringValues accept, ApiVersion? named, ApiVersion otherwise, Func<ApiVersion, string> context)
    {
        var wanted = accept.Count > 0 && MediaTypeHeaderValue.TryParseList(accept, out var list)
            ? list.Where(type => type.Quality is not 0).OrderByDescending(Quality).ToList() : [];
        var version = named
            ?? wanted.Select(type => ProfileOf(type, context)).FirstOrDefault(profile => profile is not null)
            ?? otherwise;
        return IsPlain(version, wanted)
            ? new(version, Plain, $"<{context(version)}>;{ContextRelation}")
            : new(version, $"{JsonLd};profile=\"{context(version)}\"", null);
    }

    /// <summary>
    /// Both APIs say so. 3.0 (Image 5.1, Presentation 6.3) makes JSON-LD the rule. 2.1 (Image 5.1, Presentation 7.2):
    /// "If the client explicitly wants the JSON-LD content-type, then it must specify this in an Accept header,
    /// otherwise the server must return the regular JSON".
    /// </summary>
    private static bool IsPlain(ApiVersion version, List<MediaTypeHeaderValue> wanted) =>
        Rank(wanted, Plain) > Rank(wanted, JsonLd)
        || (version is ApiVersion.V2 && !wanted.Any(type => Is(type, JsonLd)));

    private static double Quality(MediaTypeHeaderValue type) => type.Quality ?? 1;

    private static bool Is(MediaTypeHeaderValue type, string name) =>
        type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static double Rank(List<MediaTypeHeaderValue> wanted, string type) =>
        wanted.Where(w => Is(w, type)).Select(Quality).DefaultIfEmpty(
            wanted.Where(w => w.MatchesAllTypes || Is(w, "application/*")).Select(Quality).FirstOrDefault())
            .Max();

    /// <summary>A profile may hold several URIs, separated by spaces; of two versions the newer counts.</summary>
    private static ApiVersion? ProfileOf(MediaTypeHeaderValue type, Func<ApiVersion, string> context)
    {
        var profile = type.Parameters.FirstOrDefault(
            parameter => parameter.Name.Equals("profile", StringComparison.OrdinalIgnoreCase));
        var uris = profile?.GetUnescapedValue().ToString().Split(' ') ?? [];
        return uris.Contains(context(ApiVersion.V3)) ? ApiVersion.V3
            : uris.Contains(context(ApiVersion.V2)) ? ApiVersion.V2 : null;
    }
}

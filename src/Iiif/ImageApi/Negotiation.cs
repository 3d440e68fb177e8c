using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Dlcs.Iiif.ImageApi;

/// <summary>In which version, and under which media type, an image information document is sent.</summary>
/// <param name="ContentType">The value of the header.</param>
public readonly record struct Negotiation(ApiVersion Version, string ContentType)
{
    private const string Plain = "application/json";
    private const string JsonLd = "application/ld+json";
    private static readonly string JsonLd2 = $"{JsonLd};profile=\"{Information.Context(ApiVersion.V2)}\"";
    private static readonly string JsonLd3 = $"{JsonLd};profile=\"{Information.Context(ApiVersion.V3)}\"";

    /// <param name="named">The version that the URL names; it wins over what <paramref name="accept"/> says.</param>
    /// <param name="otherwise">Where neither says anything.</param>
    public static Negotiation Of(StringValues accept, ApiVersion? named, ApiVersion otherwise)
    {
        if (accept.Count is 0 || !MediaTypeHeaderValue.TryParseList(accept, out var list))
            return As(named ?? otherwise, plain: false, asked: false);

        var wanted = list.Where(type => type.Quality is not 0).OrderByDescending(Quality).ToList();
        var version = named ?? wanted.Select(ProfileOf).FirstOrDefault(profile => profile is not null) ?? otherwise;

        var (jsonLd, plain) = (Rank(wanted, JsonLd), Rank(wanted, Plain));
        return As(version, plain > jsonLd, wanted.Any(type => type.MediaType == JsonLd));
    }

    /// <summary>
    /// 3.0 section 5.1 makes JSON-LD the rule. 2.1 section 5.1: "If the client explicitly wants the JSON-LD
    /// content-type, then it MUST specify this in an Accept header, otherwise the server MUST return the regular JSON".
    /// </summary>
    private static Negotiation As(ApiVersion version, bool plain, bool asked) => version switch
    {
        ApiVersion.V2 => new(version, asked && !plain ? JsonLd2 : Plain),
        _ => new(version, plain ? Plain : JsonLd3),
    };

    private static double Quality(MediaTypeHeaderValue type) => type.Quality ?? 1;

    private static double Rank(List<MediaTypeHeaderValue> wanted, string type) =>
        wanted.Where(w => w.MediaType == type).Select(Quality).DefaultIfEmpty(
            wanted.Where(w => w.MatchesAllTypes || w.MediaType == "application/*").Select(Quality).FirstOrDefault())
            .Max();

    private static ApiVersion? ProfileOf(MediaTypeHeaderValue type)
    {
        foreach (var parameter in type.Parameters)
        {
            if (!parameter.Name.Equals("profile", StringComparison.OrdinalIgnoreCase)) continue;
            var profile = HeaderUtilities.RemoveQuotes(parameter.Value);
            if (profile == Information.Context(ApiVersion.V2)) return ApiVersion.V2;
            if (profile == Information.Context(ApiVersion.V3)) return ApiVersion.V3;
        }

        return null;
    }
}

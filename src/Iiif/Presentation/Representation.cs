using Dlcs.Iiif.ImageApi;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Iiif.Presentation;

/// <summary>The form in which a manifest is sent; the answer varies by Accept and Accept-Encoding.</summary>
/// <param name="Coding"><c>br</c>, <c>gzip</c> or none.</param>
internal sealed record Representation(Negotiation Negotiated, string? Coding)
{
    /// <summary>The better compressed comes first, where the client likes both as much.</summary>
    private static readonly string[] Codings = ["br", "gzip"];

    /// <param name="demanded">By the path; otherwise Accept's profile decides, otherwise it is 3.</param>
    public static Representation Of(HttpRequest request, ApiVersion? demanded)
    {
        var negotiated = Negotiation.Of(
            request.Headers.Accept, demanded, ApiVersion.V3, PresentationVersions.Context);
        return new Representation(negotiated, CodingOf(request));
    }

    private static string? CodingOf(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        var best = Codings.MaxBy(Liked);
        return Liked(best!) > 0 ? best : null;

        double Liked(string coding) => accepted
            .Where(a => a.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
            .Select(a => a.Quality ?? 1).DefaultIfEmpty(0).Max();
    }
}

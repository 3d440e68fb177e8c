using Dlcs.Iiif.ImageApi;
using Dlcs.Kernel;
using Dlcs.Read.Api;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Iiif.Presentation;

/// <summary>What a request asks for: <c>/{kind}/[v2|v3/]{customer}/{rest…}?asOf=</c>.</summary>
/// <param name="Path">As the client wrote it, without the query: ids repeat it.</param>
/// <param name="Version">The Presentation API that the path demands; <c>null</c> leaves it to Accept.</param>
/// <param name="Customer">Id or name.</param>
/// <param name="Rest">The segments behind it, decoded once: <c>%2F</c> has become a slash within its segment.</param>
internal sealed record Ask(
    string Path, ApiVersion? Version, string Customer, IReadOnlyList<string> Rest, AsOf? AsOf)
{
    private static readonly Refusal NoPath = new(404, "The path must name a customer and what of it is asked for.");

    /// <summary>
    /// Reads the target as it came. The decoded path will not do: in it <c>%2F</c> and <c>%252F</c> are the same.
    /// </summary>
    /// <returns>The request, or else what is wrong with it.</returns>
    public static (Ask? Ask, Refusal? Refusal) Of(HttpRequest request)
    {
        var path = SentPath.Of(request.HttpContext);
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        if (segments.Any(s => s is "." or "..")) return Refuse("A path must not hold the segments '.' or '..'.");

        var version = segments is [_, var v, ..] ? PresentationVersions.Of(v) : null;
        if (segments[(version is null ? 1 : 2)..] is not [var customer, var first, .. var rest])
            return (null, NoPath);

        var (asOf, fault) = AsOf.Of(request);
        return fault is null ? (new Ask(path, version, customer, [first, .. rest], asOf), null) : Refuse(fault);
    }

    private static (Ask?, Refusal?) Refuse(string sentence) => (null, new(400, sentence));
}

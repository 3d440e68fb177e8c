using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Kernel;

/// <summary>
/// The path of a request as it was sent. By the time that routes are matched, dot segments are gone, and <c>%2F</c> and
/// <c>%252F</c> look alike.
/// </summary>
public static class SentPath
{
    private const string Null = "%00";
    private const int NameOfImage = 6; // "", customers, {customer}, spaces, {space}, images, {image}

    /// <summary>The target without query, and without the scheme and host that a proxy may send.</summary>
    public static string Of(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0] ?? "";
        return Start(target) is >= 0 and var start ? target[start..] : http.Request.Path.ToUriComponent();
    }

    /// <summary>Whether it holds U+0000, which Kestrel lets through behind a scheme and host.</summary>
    public static bool HoldsNull(HttpContext http) =>
        http.Features.Get<IHttpRequestFeature>()?.RawTarget.Contains(Null, StringComparison.Ordinal) is true
        && Of(http).Contains(Null, StringComparison.Ordinal); // a query may: who reads it says what is wrong

    /// <summary>Where the path begins in a target, behind scheme and host if it has them; -1: it has none.</summary>
    public static int Start(string target)
    {
        if (target.StartsWith('/')) return 0;
        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        return scheme < 0 ? -1 : target.IndexOf('/', scheme + 3);
    }

    /// <summary>
    /// The image of a route <c>/customers/{customer}/spaces/{space}/images/{image}</c>. Only its name is read as it was
    /// sent: whose it is says the route, by which the request was let in.
    /// </summary>
    public static ImageId Image(HttpContext http)
    {
        var (sent, routed) = (Of(http).Split('/'), http.Request.Path.Value!.Split('/'));
        var name = sent.Length == routed.Length // else it had dot segments, and stands elsewhere
            ? Uri.UnescapeDataString(sent[NameOfImage])
            : ((string)http.GetRouteValue("image")!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return new(new(Number("customer"), Number("space")), name);

        // As the route's constraint took it, which allows signs and blanks.
        int Number(string part) => int.Parse((string)http.GetRouteValue(part)!, CultureInfo.InvariantCulture);
    }
}

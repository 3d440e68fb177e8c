using Dlcs.Kernel;

namespace Dlcs.Iiif.ImageApi.Serving;

/// <summary>
/// <c>/{prefix}/[v2/|v3/]{customer}/{space}/{image}[/…]</c>, cut at its slashes. The raw target of the request
/// is read, not a path that a server decoded: a slash within an image's name is <c>%2F</c>, and is decoded once.
/// </summary>
/// <param name="Target">As the client sent it, without query.</param>
/// <param name="Version"><c>null</c>: the path names none.</param>
/// <param name="Image">Where <c>customer/space/image</c> is.</param>
/// <param name="Rest">What follows the image and a slash; empty when nothing does.</param>
public readonly record struct PublicPath(string Target, ApiVersion? Version, Range Image, Range Rest)
{
    public ReadOnlySpan<char> ImageText => Target.AsSpan(Image);

    public ReadOnlySpan<char> RestText => Target.AsSpan(Rest);

    /// <param name="rawTarget">Of the request line: origin form, or absolute form as a proxy may send it.</param>
    /// <param name="prefix">With both slashes: <c>/iiif-img/</c>.</param>
    public static PublicPath? Parse(string rawTarget, string prefix)
    {
        var start = SentPath.Start(rawTarget);
        var end = rawTarget.IndexOf('?');
        if (end < 0) end = rawTarget.Length;
        if (start < 0 || start > end) return null;

        var path = rawTarget.AsSpan(start, end - start);
        if (!path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return null;

        var at = start + prefix.Length;
        var version = VersionAt(rawTarget.AsSpan(at, end - at));
        if (version is not null) at += 3;
        return Cut(rawTarget, version, at, end);
    }

    /// <summary>The three names of the image, decoded; <c>null</c> when one is empty.</summary>
    public (string Customer, string Space, string Name)? Names()
    {
        Span<Range> parts = stackalloc Range[3];
        var text = ImageText;
        if (text.Split(parts, '/') is not 3) return null;

        var (customer, space, name) = (Decoded(text[parts[0]]), Decoded(text[parts[1]]), Decoded(text[parts[2]]));
        return customer.Length is 0 || space.Length is 0 || name.Length is 0 ? null : (customer, space, name);
    }

    private static PublicPath? Cut(string target, ApiVersion? version, int from, int end)
    {
        var slash = from;
        for (var slashes = 0; ; slash++)
        {
            if (slash == end) return slashes is 2 ? new(target, version, from..end, end..end) : null;
            if (target[slash] is '/' && ++slashes is 3) break;
        }

        return new(target, version, from..slash, (slash + 1)..end);
    }

    private static ApiVersion? VersionAt(ReadOnlySpan<char> text) => text switch
    {
        ['v', '2', '/', ..] => ApiVersion.V2,
        ['v', '3', '/', ..] => ApiVersion.V3,
        _ => null,
    };

    private static string Decoded(ReadOnlySpan<char> text) =>
        text.Contains('%') ? Uri.UnescapeDataString(text) : text.ToString();
}

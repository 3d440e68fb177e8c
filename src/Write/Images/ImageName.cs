using System.Globalization;
using System.Text;
using Dlcs.Kernel;

namespace Dlcs.Write.Images;

/// <summary>What an image may be called within its space.</summary>
public static class ImageName
{
    /// <summary>Most bytes as UTF-8: it must fit, percent-encoded, into a URL, and into the name of a stream.</summary>
    public const int Bytes = 400;

    /// <returns>What is wrong with it, going on where the field's name ends; <c>null</c> for nothing.</returns>
    public static string? Fault(string name) =>
        name is "" ? "must not be empty"
        : name is "." or ".." ? "must not be . or .., which URLs take away"
        : name.Any(char.IsControl) ? "must not hold control characters"
        : Encoding.UTF8.GetByteCount(name) > Bytes ? $"must be at most {Bytes} bytes long"
        : null;

    /// <summary>The name that an id, short (<c>x1</c>) or full (<c>2/5/x1</c>), gives to an image there.</summary>
    public static string Within(string id, SpaceId space) =>
        id.StartsWith($"{space}/", StringComparison.Ordinal) ? id[(space.ToString().Length + 1)..] : id;

    /// <summary>The image that the URL of an image names; <c>null</c> when it is no such URL.</summary>
    public static ImageId? InUrl(string url)
    {
        var segments = url.Split('?')[0].Split('/');
        for (var i = segments.Length - 6; i >= 0; i--)
        {
            if (!Is(segments[i], "customers") || !Is(segments[i + 2], "spaces")) continue;
            if (!Is(segments[i + 4], "images")) continue;
            if (Number(segments[i + 1]) is not { } customer || Number(segments[i + 3]) is not { } space) continue;
            return new(new(customer, space), Uri.UnescapeDataString(segments[i + 5]));
        }
        return null;
    }

    private static bool Is(string segment, string name) => segment.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Dlcs.Kernel.Events;

namespace Dlcs.Kernel;

/// <summary>
/// Names one image: <c>customer/space/name</c>. Also its place in every URL, where a slash within the name is
/// percent-encoded.
/// </summary>
[JsonConverter(typeof(IdConverter<ImageId>))]
public readonly record struct ImageId(SpaceId Space, string Name) : IParsable<ImageId>
{
    public int Customer => Space.Customer;

    public StreamName Stream => new($"image-{this}");

    /// <summary>As a URL path: <c>2/5/folio%201r</c>.</summary>
    public string Path => $"{Space}/{Uri.EscapeDataString(Name)}";

    public override string ToString() => $"{Space}/{Name}";

    public static ImageId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not customer/space/name.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ImageId result)
    {
        result = default;
        var text = s.AsSpan();
        var space = text.IndexOf('/') + 1;
        var name = space + text[space..].IndexOf('/') + 1;
        if (name <= space || name == text.Length || !SpaceId.TryParse(text[..(name - 1)], out var home)) return false;

        result = new ImageId(home, s![name..]);
        return true;
    }
}

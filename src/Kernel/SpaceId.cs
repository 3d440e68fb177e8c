using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Dlcs.Kernel.Events;

namespace Dlcs.Kernel;

/// <summary>Names one space: <c>customer/space</c>.</summary>
[JsonConverter(typeof(IdConverter<SpaceId>))]
public readonly record struct SpaceId(int Customer, int Space) : IParsable<SpaceId>
{
    public StreamName Stream => new($"space-{this}");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Customer}/{Space}");

    public static SpaceId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not customer/space.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SpaceId result) =>
        TryParse(s.AsSpan(), out result);

    /// <summary>Without a copy: every event that is read names one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SpaceId result)
    {
        result = default;
        var slash = text.IndexOf('/');
        if (slash < 0 || Number(text[..slash]) is not { } c || Number(text[(slash + 1)..]) is not { } sp) return false;

        result = new SpaceId(c, sp);
        return true;
    }

    private static int? Number(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
}

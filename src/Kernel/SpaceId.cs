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

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SpaceId result)
    {
        result = default;
        if (s?.Split('/') is not [var customer, var space]) return false;
        if (Number(customer) is not { } c || Number(space) is not { } sp) return false;

        result = new SpaceId(c, sp);
        return true;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
}

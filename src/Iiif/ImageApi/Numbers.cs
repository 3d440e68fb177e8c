using System.Globalization;

namespace Dlcs.Iiif.ImageApi;

/// <summary>
/// The numbers of an image request. "When floating point values are used, they MUST consist only of decimal digits and
/// '.'": https://iiif.io/api/image/3.0/#47-floating-point-values. No sign, no exponent, no white space.
/// </summary>
internal static class Numbers
{
    /// <summary>A whole number of pixels; one beyond <see cref="int.MaxValue"/> counts as that.</summary>
    public static bool Pixels(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        if (text.IsEmpty) return false;

        long n = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit)) return false;
            n = long.Min((n * 10) + (digit - '0'), int.MaxValue);
        }

        value = (int)n;
        return true;
    }

    public static bool Decimal(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value);

    /// <summary>As a canonical URI spells it: an integer if possible, no trailing zeros.</summary>
    public static string Canonical(double value) =>
        ((decimal)value).ToString("0.############", CultureInfo.InvariantCulture);
}

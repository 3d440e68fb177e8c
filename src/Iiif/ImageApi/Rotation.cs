namespace Dlcs.Iiif.ImageApi;

/// <summary>Mirrored first, if at all, then turned clockwise: https://iiif.io/api/image/3.0/#43-rotation.</summary>
/// <param name="Degrees">From 0 up to, and not including, 360.</param>
public readonly record struct Rotation(double Degrees, bool Mirrored)
{
    /// <summary>Leaves the picture as it is.</summary>
    public bool IsNone => Degrees is 0 && !Mirrored;

    /// <summary><c>null</c> when the text is no rotation, or beyond 360 degrees.</summary>
    public static Rotation? Parse(ReadOnlySpan<char> text)
    {
        if (text is "0") return default(Rotation);

        var mirrored = text is ['!', ..];
        return Numbers.Decimal(mirrored ? text[1..] : text, out var degrees) && degrees <= 360
            ? new Rotation(degrees % 360, mirrored)
            : null;
    }

    /// <summary>As a canonical URI spells it.</summary>
    public override string ToString() => Degrees is 0 ? Mirrored ? "!0" : "0" : Written;

    private string Written => (Mirrored ? "!" : "") + Numbers.Canonical(Degrees);
}

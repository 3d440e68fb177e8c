namespace Dlcs.Iiif.ImageApi;

/// <summary>The region of an image request, alike in 2.1 and 3.0: https://iiif.io/api/image/3.0/#41-region.</summary>
public abstract record Region
{
    private static readonly Full Whole = new();
    private static readonly Square ShorterSide = new();

    private Region() { }

    public sealed record Full : Region;

    /// <summary>As large as the shorter side allows, from the middle.</summary>
    public sealed record Square : Region;

    public sealed record Pixels(int X, int Y, int Width, int Height) : Region;

    /// <summary>In percent of the image's width and height.</summary>
    public sealed record Percent(double X, double Y, double Width, double Height) : Region;

    /// <summary><c>null</c> when the text is none of the forms.</summary>
    public static Region? Parse(ReadOnlySpan<char> text) => text switch
    {
        "full" => Whole,
        "square" => ShorterSide,
        _ when text.StartsWith("pct:", StringComparison.Ordinal) => PercentOf(text[4..]),
        _ => PixelsOf(text),
    };

    private static Pixels? PixelsOf(ReadOnlySpan<char> text)
    {
        Span<Range> parts = stackalloc Range[5];
        return text.Split(parts, ',') is 4
            && Numbers.Pixels(text[parts[0]], out var x) && Numbers.Pixels(text[parts[1]], out var y)
            && Numbers.Pixels(text[parts[2]], out var width) && Numbers.Pixels(text[parts[3]], out var height)
            ? new(x, y, width, height)
            : null;
    }

    private static Percent? PercentOf(ReadOnlySpan<char> text)
    {
        Span<Range> parts = stackalloc Range[5];
        return text.Split(parts, ',') is 4
            && Numbers.Decimal(text[parts[0]], out var x) && Numbers.Decimal(text[parts[1]], out var y)
            && Numbers.Decimal(text[parts[2]], out var width) && Numbers.Decimal(text[parts[3]], out var height)
            ? new(x, y, width, height)
            : null;
    }
}

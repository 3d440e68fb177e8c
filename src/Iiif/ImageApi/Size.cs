namespace Dlcs.Iiif.ImageApi;

/// <summary>
/// The size of an image request, as 2.1 (https://iiif.io/api/image/2.1/#size) or 3.0
/// (https://iiif.io/api/image/3.0/#42-size) spell it. Each form is one case.
/// </summary>
public abstract record Size
{
    private static readonly Max Largest = new();
    private static readonly Full Unscaled = new();

    private Size() { }

    /// <summary>Enlarging is asked for where it is needed: <c>^</c> of 3.0.</summary>
    public bool Upscale { get; private init; }

    /// <summary>The region's own size, as far as the limits allow.</summary>
    public sealed record Max : Size;

    /// <summary>The region's own size, whatever the limits: <c>full</c> of 2.1.</summary>
    public sealed record Full : Size;

    public sealed record Percent(double Value) : Size;

    public sealed record ToWidth(int Width) : Size;

    public sealed record ToHeight(int Height) : Size;

    public sealed record Exact(int Width, int Height) : Size;

    /// <summary>As large as fits into the box.</summary>
    public sealed record Within(int Width, int Height) : Size;

    /// <summary><c>null</c> when the text is none of that version's forms.</summary>
    public static Size? Parse(ReadOnlySpan<char> text, ApiVersion version)
    {
        if (version is ApiVersion.V2) return text is "full" ? Unscaled : Form(text);
        return text is ['^', .. var form] ? Form(form) is { } size ? size with { Upscale = true } : null : Form(text);
    }

    private static Size? Form(ReadOnlySpan<char> text)
    {
        if (text is "max") return Largest;
        if (text.StartsWith("pct:", StringComparison.Ordinal))
            return Numbers.Decimal(text[4..], out var percent) && percent > 0 ? new Percent(percent) : null;

        Span<Range> parts = stackalloc Range[3];
        if (text.Split(parts, ',') is not 2) return null;

        var width = text[parts[0]];
        var height = text[parts[1]];
        if (width is ['!', .. var box])
            return Pixels(box, out var w) && Pixels(height, out var h) ? new Within(w, h) : null;
        if (height.IsEmpty) return Pixels(width, out var only) ? new ToWidth(only) : null;
        if (width.IsEmpty) return Pixels(height, out var only) ? new ToHeight(only) : null;
        return Pixels(width, out var x) && Pixels(height, out var y) ? new Exact(x, y) : null;
    }

    private static bool Pixels(ReadOnlySpan<char> text, out int value) => Numbers.Pixels(text, out value) && value > 0;
}

using System.Globalization;

namespace Dlcs.Processing.Pixels;

/// <summary>
/// A size that a thumbnail policy asks for, as an IIIF size parameter: <c>w,</c>, <c>,h</c> or <c>!w,h</c>, each with a
/// <c>^</c> in front when it may be larger than the source.
/// </summary>
public sealed record ThumbnailSize
{
    private ThumbnailSize() { }

    private bool Upscale { get; init; }
    private int? Width { get; init; }
    private int? Height { get; init; }

    /// <summary><c>null</c> when it is none of these forms.</summary>
    public static ThumbnailSize? Parse(string text)
    {
        var upscale = text.StartsWith('^');
        var form = upscale ? text[1..] : text;
        var within = form.StartsWith('!');
        return (within ? form[1..] : form).Split(',') switch
        {
            [var w, var h] when within && (Pixels(w), Pixels(h)) is ({ } width, { } height) =>
                new() { Upscale = upscale, Width = width, Height = height },
            [var w, ""] when !within && Pixels(w) is { } width => new() { Upscale = upscale, Width = width },
            ["", var h] when !within && Pixels(h) is { } height => new() { Upscale = upscale, Height = height },
            _ => null,
        };
    }

    /// <summary>The pixels that a source of that size gives: its proportions are kept, fractions dropped; <c>null</c>
    /// when it would have to grow and may not.</summary>
    public (int Width, int Height)? Of(int width, int height)
    {
        var byWidth = Height is not { } most || Width is { } w && (long)height * w <= (long)most * width;
        var (to, from) = byWidth ? (Width!.Value, width) : (Height!.Value, height);
        if (to > from && !Upscale) return null;

        return byWidth ? (to, Scaled(height, to, from)) : (Scaled(width, to, from), to);
    }

    private static int Scaled(int pixels, int to, int from) =>
        (int)long.Clamp((long)pixels * to / from, 1, int.MaxValue);

    private static int? Pixels(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : null;
}

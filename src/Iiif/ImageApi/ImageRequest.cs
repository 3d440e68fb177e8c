namespace Dlcs.Iiif.ImageApi;

/// <summary>What an image request asks for, whatever the version that it was written in.</summary>
public sealed record ImageRequest(Region Region, Size Size, Rotation Rotation, Quality Quality, Format Format)
{
    /// <summary>Reads <c>{region}/{size}/{rotation}/{quality}.{format}</c>.</summary>
    public static Outcome<ImageRequest> Parse(ReadOnlySpan<char> text, ApiVersion version)
    {
        if (text.Contains('%')) text = Uri.UnescapeDataString(text);

        Span<Range> parts = stackalloc Range[5];
        if (text.Split(parts, '/') is not 4) return Bad("An image request is region/size/rotation/quality.format.");

        var last = text[parts[3]];
        var dot = last.LastIndexOf('.');
        if (dot < 0) return Bad("The quality must be followed by a format, as in default.jpg.");

        if (ImageApi.Region.Parse(text[parts[0]]) is not { } region)
            return Bad($"The region '{text[parts[0]]}' is none of full, square, x,y,w,h and pct:x,y,w,h.");
        if (ImageApi.Size.Parse(text[parts[1]], version) is not { } size)
            return Bad($"The size '{text[parts[1]]}' is none of {Sizes(version)}, in whole pixels above 0.");
        if (ImageApi.Rotation.Parse(text[parts[2]]) is not { } rotation)
            return Bad($"The rotation '{text[parts[2]]}' is not a number from 0 to 360, or such a number after '!'.");
        if (QualityOf(last[..dot]) is not { } quality)
            return Bad($"The quality '{last[..dot]}' is none of default, color, gray and bitonal.");
        if (ImageApi.Format.Parse(last[(dot + 1)..]) is not { } format)
            return Bad($"The format '{last[(dot + 1)..]}' is none of {Formats}.");

        return new ImageRequest(region, size, rotation, quality, format);
    }

    private static string Formats => string.Join(", ", ImageApi.Format.Offered.Select(format => format.Extension));

    private static Refusal Bad(string sentence) => new(400, sentence);

    private static string Sizes(ApiVersion version) =>
        version is ApiVersion.V2 ? "full, max, w, ,h pct:n w,h and !w,h" : "max, w, ,h pct:n w,h and !w,h";

    private static Quality? QualityOf(ReadOnlySpan<char> text) => text switch
    {
        "default" => Quality.Default,
        "color" => Quality.Color,
        "gray" => Quality.Gray,
        "bitonal" => Quality.Bitonal,
        _ => null,
    };
}

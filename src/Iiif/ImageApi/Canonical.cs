using System.Globalization;

namespace Dlcs.Iiif.ImageApi;

/// <summary>
/// One spelling for all requests that mean the same: https://iiif.io/api/image/3.0/#48-canonical-uri-syntax and
/// https://iiif.io/api/image/2.1/#canonical-uri-syntax.
/// </summary>
public static class Canonical
{
    /// <summary><c>{region}/{size}/{rotation}/{quality}.{format}</c>.</summary>
    public static string Of(ImageRequest request, Frame frame, SizeLimits limits, ApiVersion version)
    {
        var region = frame.Whole
            ? "full"
            : string.Create(CultureInfo.InvariantCulture,
                $"{frame.Region.X},{frame.Region.Y},{frame.Region.Width},{frame.Region.Height}");
        var size = version is ApiVersion.V2 ? Size2(frame) : Size3(frame, limits);
        return $"{region}/{size}/{request.Rotation}/{Name(request.Quality)}.{request.Format.Extension}";
    }

    private static string Size3(Frame frame, SizeLimits limits) =>
        Framing.Largest(frame.Region, limits) == (frame.Width, frame.Height)
            ? "max"
            : string.Create(CultureInfo.InvariantCulture, $"{frame.Width},{frame.Height}");

    private static string Size2(Frame frame)
    {
        var (w, h) = (frame.Width, frame.Height);
        if ((w, h) == (frame.Region.Width, frame.Region.Height)) return "full";

        var proportional = Framing.Side(w, frame.Region.Height, frame.Region.Width);
        return proportional == h
            ? string.Create(CultureInfo.InvariantCulture, $"{w},")
            : string.Create(CultureInfo.InvariantCulture, $"{w},{h}");
    }

    private static string Name(Quality quality) => quality switch
    {
        Quality.Gray => "gray",
        Quality.Bitonal => "bitonal",
        _ => "default",
    };
}

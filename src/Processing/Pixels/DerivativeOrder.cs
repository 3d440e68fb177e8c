using Dlcs.Kernel.Events;

namespace Dlcs.Processing.Pixels;

/// <summary>What is to be made of a source.</summary>
/// <param name="Pyramid">Tiles are asked for.</param>
/// <param name="LongestThumbnail">Longest edge of a thumbnail, pixels; <c>null</c>: no limit of its own.</param>
public sealed record DerivativeOrder(
    bool Pyramid, IReadOnlyList<ThumbnailSize> Thumbnails, int? LongestThumbnail = null)
{
    /// <summary>What an image's delivery channels ask for. Thumbnails are open to everyone, so that none is made that
    /// shows more than its size restrictions open.</summary>
    /// <exception cref="PixelsException">A policy holds a size that is none.</exception>
    public static DerivativeOrder Of(ImageDescription image) => new(
        image.DeliveryChannels.Any(channel => channel.Channel is "iiif-img"),
        [.. image.DeliveryChannels.Where(channel => channel.Channel is "thumbs")
            .SelectMany(channel => channel.Sizes ?? [])
            .Select(size => ThumbnailSize.Parse(size) ?? throw new PixelsException(
                $"The thumbnail policy asks for '{size}', which is not a size ('!w,h', 'w,' or ',h')."))],
        OpenTo(image));

    /// <summary>The thumbnails of that source, largest first, each size once.</summary>
    public IReadOnlyList<(int Width, int Height)> SizesOf(int width, int height, int longest) =>
        [.. Thumbnails.Select(size => size.Of(width, height)).OfType<(int Width, int Height)>().Distinct()
            .Where(size => int.Max(size.Width, size.Height) <= int.Min(longest, LongestThumbnail ?? longest))
            .OrderByDescending(size => (long)size.Width * size.Height)];

    private static int? OpenTo(ImageDescription image)
    {
        int? served = image.MaxWidth > 0 ? image.MaxWidth : null;
        int? open = image switch
        {
            { Roles.Count: > 0 } => int.Max(image.OpenFullMax, int.Max(image.MaxUnauthorised, 0)),
            { MaxUnauthorised: >= 0 } => image.MaxUnauthorised,
            _ => null,
        };
        return served is null ? open : int.Min(served.Value, open ?? served.Value);
    }
}

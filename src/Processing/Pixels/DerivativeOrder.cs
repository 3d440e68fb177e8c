using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Processing.Pixels;

/// <summary>What is to be made of a source.</summary>
/// <param name="Pyramid">Tiles are asked for.</param>
/// <param name="LongestThumbnail">Longest edge of a thumbnail, pixels.</param>
public sealed record DerivativeOrder(
    bool Pyramid, IReadOnlyList<ThumbnailSize> Thumbnails, int LongestThumbnail = int.MaxValue)
{
    /// <summary>What an image's delivery channels ask for. Thumbnails are open to everyone, so that none is made that
    /// shows more than its size restrictions open.</summary>
    /// <exception cref="PixelsException">A policy holds a size that is none.</exception>
    public static DerivativeOrder Of(ImageDescription image) => new(
        image.Delivers("iiif-img"),
        [.. image.DeliveryChannels.Where(channel => channel.Channel is "thumbs")
            .SelectMany(channel => channel.Sizes ?? [])
            .Select(size => ThumbnailSize.Parse(size) ?? throw new PixelsException(
                $"The thumbnail policy asks for '{size}', which is not a size ('!w,h', 'w,' or ',h')."))],
        Openness.Of(image).Everyone);

    /// <summary>The thumbnails of that source, largest first, each size once.</summary>
    public IReadOnlyList<(int Width, int Height)> SizesOf(int width, int height, int longest) =>
        [.. Thumbnails.Select(size => size.Of(width, height)).OfType<(int Width, int Height)>().Distinct()
            .Where(size => int.Max(size.Width, size.Height) <= int.Min(longest, LongestThumbnail))
            .OrderByDescending(size => (long)size.Width * size.Height)];
}

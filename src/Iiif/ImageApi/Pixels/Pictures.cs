using Dlcs.Iiif.ImageApi.Serving;
using Dlcs.Read.Images;

namespace Dlcs.Iiif.ImageApi.Pixels;

/// <summary>A picture that lies in storage just as it is asked for.</summary>
/// <param name="Offset">Bytes from the beginning of the object.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public readonly record struct Stored(string Key, long Offset, int Length, int Width, int Height)
{
    public static Stored Of(ReadyThumbnail thumbnail) =>
        new(thumbnail.Key, 0, checked((int)thumbnail.Bytes), thumbnail.Width, thumbnail.Height);
}

/// <summary>Finds the stored picture that a request means, if there is one.</summary>
public sealed class Pictures(Tiles tiles)
{
    /// <summary>The tile or the thumbnail; <c>null</c> when the picture must be made.</summary>
    public async ValueTask<Stored?> Find(ServedImage image, ImageRequest request, Frame frame, CancellationToken ct)
    {
        if (!request.Rotation.IsNone || request.Format != Format.Jpg) return null;
        if (request.Quality is Quality.Gray or Quality.Bitonal) return null;

        var (pyramid, ready) = (image.Pyramid!, image.Ready!);
        var index = await tiles.Index(pyramid, ready.Width, ready.Height, ct);
        if (StoredTile.Find(index.Geometry, frame, request.Size) is { } tile)
        {
            var range = index.TileOf(tile.Level, tile.Column, tile.Row);
            var (width, height) = index.Levels[tile.Level].SizeOf(tile.Column, tile.Row);
            return new(pyramid.Key, range.Offset, range.Length, width, height);
        }

        return frame.Whole ? Thumbnail(image.Thumbnails, request.Size, frame) : null;
    }

    /// <summary>The thumbnail that the size means.</summary>
    public static Stored? Thumbnail(IReadOnlyList<ReadyThumbnail> thumbnails, Size size, Frame frame)
    {
        foreach (var thumbnail in thumbnails)
            if (StoredTile.Meant(frame, size, thumbnail.Width, thumbnail.Height)) return Stored.Of(thumbnail);
        return null;
    }
}

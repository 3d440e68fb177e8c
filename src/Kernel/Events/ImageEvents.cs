namespace Dlcs.Kernel.Events;

public interface IImageEvent : IEvent
{
    ImageId Id { get; }
}

/// <summary>An image is to be processed: registered the first time, again, or reprocessed. It is whole: nothing of an
/// earlier registration counts any more.</summary>
/// <param name="Registration">Names this registration; its outcome repeats it, so that a late one is known.</param>
/// <param name="Lane">Which lane of the work queue it takes.</param>
/// <param name="Batch">The batch that it came with.</param>
/// <param name="Member">Its place in the batch, from 0.</param>
/// <param name="Before">What this registration takes the place of; <c>null</c> when the image is new.</param>
public sealed record ImageRegistered(
    ImageId Id, Guid Registration, ImageDescription Image, Lane Lane, int? Batch = null, int? Member = null,
    ImageStanding? Before = null) : IImageEvent;

/// <summary>Where processing stands in the queue.</summary>
public enum Lane { Normal, Priority, Immediate }

/// <summary>What a client says of an image, defaults filled in.</summary>
/// <param name="Origin">Where it is fetched; absent when it was uploaded.</param>
/// <param name="Upload">The bytes that came with the request, kept in storage.</param>
/// <param name="MediaType">As the client said it; absent when it is to be found by content.</param>
/// <param name="Roles">Relative (<c>clickthrough</c>) for the customer's own, absolute otherwise; none: open.</param>
/// <param name="MaxUnauthorised">Longest edge that is open without a role, pixels; -1: no limit, 0: nothing.</param>
/// <param name="MaxWidth">Longest edge that is served to anyone, pixels; 0: the platform's limit.</param>
/// <param name="OpenFullMax">Longest edge of a full image that is open although roles are set, pixels; 0: none.</param>
public sealed record ImageDescription(
    ImageId Id, string? Origin, StoredUpload? Upload, string? MediaType, string Family,
    IReadOnlyList<DeliveryChannel> DeliveryChannels,
    string String1, string String2, string String3, long Number1, long Number2, long Number3,
    IReadOnlyList<string> Tags, IReadOnlyList<string> Roles, IReadOnlyList<string> Manifests,
    int MaxUnauthorised = -1, int MaxWidth = 0, int OpenFullMax = 0)
{
    /// <summary>Whether it is to be had through that channel.</summary>
    /// <param name="channel"><c>iiif-img</c> or <c>thumbs</c>.</param>
    public bool Delivers(string channel) => DeliveryChannels.Any(c => c.Channel == channel);
}

/// <param name="Key">In storage, with the uploads.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record StoredUpload(string Key, long Bytes, string Sha256);

/// <param name="Channel"><c>iiif-img</c> or <c>thumbs</c>.</param>
/// <param name="Policy">Its name: <c>default</c>, <c>use-original</c>.</param>
/// <param name="Sizes">What the policy held at the time, as IIIF size parameters; only for <c>thumbs</c>.</param>
public sealed record DeliveryChannel(string Channel, string Policy, IReadOnlyList<string>? Sizes = null);

/// <summary>How an image stood just before an event, for those who count.</summary>
/// <param name="Waiting">Its processing was not over.</param>
/// <param name="Failed">Its last processing failed.</param>
/// <param name="Batch">The batch that it belonged to.</param>
/// <param name="Bytes">Of its stored pyramid.</param>
/// <param name="ThumbnailBytes">Of its thumbnails together.</param>
public sealed record ImageStanding(
    bool Waiting, bool Failed = false, int? Batch = null, long Bytes = 0, long ThumbnailBytes = 0,
    Lane Lane = Lane.Normal);

/// <param name="Width">Pixels, once upright.</param>
/// <param name="Height">Pixels, once upright.</param>
/// <param name="MediaType">Found by content.</param>
/// <param name="Origin">The bytes as fetched.</param>
/// <param name="Pyramid">Absent where the channel <c>iiif-img</c> is not asked for.</param>
/// <param name="Tools">Versions of what made the derivatives.</param>
public sealed record ImageIngested(
    ImageId Id, Guid Registration, int Width, int Height, string MediaType, FetchedOrigin Origin,
    StoredPyramid? Pyramid, IReadOnlyList<StoredThumbnail> Thumbnails, IReadOnlyDictionary<string, string> Tools,
    ImageStanding Before) : IImageEvent;

/// <param name="Sha256">Lower-case hex.</param>
public sealed record FetchedOrigin(long Bytes, string Sha256);

/// <param name="TileSize">Pixels, both ways.</param>
/// <param name="Levels">From full size (scale factor 1), each half the one before.</param>
public sealed record StoredPyramid(string Key, long Bytes, string Sha256, int TileSize, int Levels);

/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record StoredThumbnail(string Key, int Width, int Height, long Bytes, string Sha256);

/// <param name="Reason">For a person: what was wrong and, where that is known, what to do.</param>
public sealed record ImageFailed(ImageId Id, Guid Registration, string Reason, ImageStanding Before) : IImageEvent;

/// <summary>What is said of the image changed, without processing it again. Absent: stays as it was.</summary>
public sealed record ImageDescribed(
    ImageId Id, string? String1 = null, string? String2 = null, string? String3 = null,
    long? Number1 = null, long? Number2 = null, long? Number3 = null, IReadOnlyList<string>? Tags = null,
    IReadOnlyList<string>? Roles = null, IReadOnlyList<string>? Manifests = null, string? MediaType = null)
    : IImageEvent
{
    /// <summary>The description with what this changes: the same for those who decide and those who show.</summary>
    public ImageDescription ApplyTo(ImageDescription image) => image with
    {
        String1 = String1 ?? image.String1,
        String2 = String2 ?? image.String2,
        String3 = String3 ?? image.String3,
        Number1 = Number1 ?? image.Number1,
        Number2 = Number2 ?? image.Number2,
        Number3 = Number3 ?? image.Number3,
        Tags = Tags ?? image.Tags,
        Roles = Roles ?? image.Roles,
        Manifests = Manifests ?? image.Manifests,
        MediaType = MediaType ?? image.MediaType,
    };
}

public sealed record ImageDeleted(ImageId Id, ImageStanding Before) : IImageEvent;

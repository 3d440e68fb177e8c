using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Read.Spaces;

/// <summary>What the images of a space keep in storage.</summary>
/// <param name="Images">How many of them keep anything there.</param>
/// <param name="Bytes">Of their pyramids together.</param>
/// <param name="ThumbnailBytes">Of their thumbnails together.</param>
/// <param name="Changed">When the last event happened that counts.</param>
public sealed record SpaceStorageView(
    SpaceId Id, long Images, long Bytes, long ThumbnailBytes, DateTimeOffset Changed) : IView<SpaceStorageView>
{
    public static IReadOnlyList<string> Keys(Recorded recorded) => recorded.Event switch
    {
        ImageIngested e => [e.Id.Space.ToString()],
        ImageDeleted e => [e.Id.Space.ToString()],
        ICustomerEvent or ISpaceEvent or IImageEvent or IBatchEvent or INamedQueryEvent or IClaimEvent
            or RedactedEvent => [],
        _ => throw new UnknownEventException(recorded),
    };

    public static SpaceStorageView? Evolve(string key, SpaceStorageView? view, Recorded recorded) =>
        recorded.Event switch
        {
            ImageIngested e => Of(e.Id, view).Less(e.Before)
                .More(e.Pyramid?.Bytes ?? 0, e.Thumbnails.Sum(t => t.Bytes)) with
            { Changed = recorded.Metadata.At },
            ImageDeleted e => Of(e.Id, view).Less(e.Before) with { Changed = recorded.Metadata.At },
            RedactedEvent => view,
            _ => throw new UnknownEventException(recorded),
        };

    private static SpaceStorageView Of(ImageId id, SpaceStorageView? view) => view ?? new(id.Space, 0, 0, 0, default);

    private SpaceStorageView Less(ImageStanding before) => this with
    {
        Images = Images - One(before.Bytes, before.ThumbnailBytes),
        Bytes = Bytes - before.Bytes,
        ThumbnailBytes = ThumbnailBytes - before.ThumbnailBytes,
    };

    private SpaceStorageView More(long bytes, long thumbnailBytes) => this with
    {
        Images = Images + One(bytes, thumbnailBytes),
        Bytes = Bytes + bytes,
        ThumbnailBytes = ThumbnailBytes + thumbnailBytes,
    };

    private static int One(long bytes, long thumbnailBytes) => bytes + thumbnailBytes > 0 ? 1 : 0;
}

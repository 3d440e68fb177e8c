using System.Collections.Concurrent;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images;

namespace Dlcs.Integration.ImageApi;

/// <summary>An image index in memory, as far as the image service asks.</summary>
internal sealed class KnownImages : IImageIndex
{
    private readonly ConcurrentDictionary<ImageId, ImageView> images = new();
    private int finds;

    /// <summary>How often an image was looked for.</summary>
    public int Finds => finds;

    /// <summary>Whoever looks for an image meets it.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Adds the image, or changes it.</summary>
    public ImageView Set(
        string name, ReadyImage? ready, Func<ImageDescription, ImageDescription>? but = null,
        string error = "", bool ingesting = false, string[]? channels = null)
    {
        var id = new ImageId(new SpaceId(2, 5), name);
        var described = new ImageDescription(id, "https://example.org/1.tif", null, null, "I",
            [.. (channels ?? ["iiif-img", "thumbs"]).Select(channel => new DeliveryChannel(channel, "default"))],
            "", "", "", 0, 0, 0, [], [], []);
        return images[id] = new ImageView(but?.Invoke(described) ?? described, DateTimeOffset.UnixEpoch, 1, null, [],
            ingesting, error, DateTimeOffset.UnixEpoch, ready);
    }

    public Task<ImageView?> Find(ImageId id, Position? asOf, CancellationToken ct)
    {
        Interlocked.Increment(ref finds);
        return Fault is { } fault
            ? Task.FromException<ImageView?>(fault) : Task.FromResult(images.GetValueOrDefault(id));
    }

    public Task<ImagePage> Query(ImageQuery query, CancellationToken ct) => throw new NotSupportedException();

    public Task<Position> At(DateTimeOffset time, CancellationToken ct) => throw new NotSupportedException();
}

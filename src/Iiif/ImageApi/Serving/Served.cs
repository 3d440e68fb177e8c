using Dlcs.Kernel;
using Dlcs.Read.Images;

namespace Dlcs.Iiif.ImageApi.Serving;

/// <summary>The customer of that name; <c>null</c> when there is none. A name never changes hands.</summary>
public delegate Task<int?> CustomerNamed(string name);

/// <summary>
/// The images that were asked for lately, so that a request for a tile costs no query. Whoever learns of a change calls
/// <see cref="Evict"/>; an image of which nobody says anything is read again after a while.
/// </summary>
public sealed class Served(IImageIndex index, IiifSettings settings, TimeProvider time)
{
    private readonly Recent<ServedImage> images = new(settings.Remembered);

    /// <summary>The image changed: whoever asks from now on sees it as it is.</summary>
    public void Evict(ImageId image) => images.Evict(image.ToString());

    /// <summary>Anything may have changed.</summary>
    public void Clear() => images.Clear();

    /// <summary>Finds what is in mind and fresh, without waiting and without decoding anything.</summary>
    /// <param name="path">
    /// <c>customer/space/name</c> as it stands in a URL: with a percent sign in it, it is the text of another name.
    /// </param>
    public bool TryFind(ReadOnlySpan<char> path, out ServedImage image)
    {
        image = null!;
        if (path.Contains('%') || images.Find(path) is not { IsCompletedSuccessfully: true } known) return false;

        image = known.GetAwaiter().GetResult()!;
        return image is not null && time.GetElapsedTime(image.ReadAt) < settings.Freshness;
    }

    /// <summary>The image, read from the index when it is not in mind; <c>null</c> when there is none.</summary>
    public async Task<ServedImage?> Find(ImageId id, CancellationToken ct)
    {
        var key = id.ToString();
        var image = await images.Get(key, () => Load(id)).WaitAsync(ct);
        if (image is null || time.GetElapsedTime(image.ReadAt) < settings.Freshness) return image;

        images.Evict(key);
        return await images.Get(key, () => Load(id)).WaitAsync(ct);
    }

    private async Task<ServedImage?> Load(ImageId id)
    {
        var readAt = time.GetTimestamp();
        using var patience = new CancellationTokenSource(settings.Deadline, time);
        return await index.Find(id, asOf: null, patience.Token) is { } view
            ? new ServedImage(view, settings.Limits, readAt)
            : null;
    }
}

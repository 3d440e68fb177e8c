using System.Text.Json.Serialization;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Read.Images;

/// <summary>The image as the API and the IIIF host show it.</summary>
/// <param name="Image">What was said of it last.</param>
/// <param name="Created">When it was first registered (since it was last deleted).</param>
/// <param name="Revision">Of the last event folded: with the id it names this very state.</param>
/// <param name="Batch">The batch that it belongs to now.</param>
/// <param name="Batches">Every batch that it ever came with, oldest first.</param>
/// <param name="Error">Why the last processing failed; empty when it did not.</param>
/// <param name="Finished">When processing last ended, either way.</param>
/// <param name="Ready">What is served. It stays while the image is processed again.</param>
public sealed record ImageView(
    ImageDescription Image, DateTimeOffset Created, long Revision, int? Batch, IReadOnlyList<int> Batches,
    bool Ingesting = true, string Error = "", DateTimeOffset? Finished = null, ReadyImage? Ready = null)
    : IView<ImageView>
{
    /// <summary>Of the fold and of what is stored of it: the next one when the same events make another view.</summary>
    public const int Version = 5;

    [JsonIgnore]
    public ImageId Id => Image.Id;

    /// <summary>What is open of what is served.</summary>
    [JsonIgnore]
    public Openness Openness => Ready?.AtMost ?? Openness.Of(Image);

    /// <summary>The tiles that are served; <c>null</c>: none.</summary>
    [JsonIgnore]
    public ReadyPyramid? Pyramid => Image.Delivers("iiif-img") ? Ready?.Pyramid : null;

    /// <summary>The thumbnails that are served, with a role or without.</summary>
    [JsonIgnore]
    public IReadOnlyList<ReadyThumbnail> Thumbnails => Ready is { } ready && Image.Delivers("thumbs")
        ? [.. ready.Thumbnails.Where(t => int.Max(t.Width, t.Height) <= Openness.Longest)] : [];

    public static IReadOnlyList<string> Keys(Recorded recorded) => recorded.Event switch
    {
        IImageEvent e => [e.Id.ToString()],
        ICustomerEvent or ISpaceEvent or IBatchEvent or INamedQueryEvent or IClaimEvent or RedactedEvent => [],
        _ => throw new UnknownEventException(recorded),
    };

    public static ImageView? Evolve(string key, ImageView? view, Recorded recorded)
    {
        var (at, revision) = (recorded.Metadata.At, recorded.Revision);
        return (recorded.Event, view) switch
        {
            (ImageRegistered e, null) => new(e.Image, at, revision, e.Batch, e.Batch is { } b ? [b] : []),
            (ImageRegistered e, _) => view with
            {
                Image = e.Image,
                Revision = revision,
                Ingesting = true,
                Error = "",
                Finished = null,
                Batch = e.Batch,
                Batches = e.Batch is { } b && !view.Batches.Contains(b) ? [.. view.Batches, b] : view.Batches,
                Ready = view.ReadyUnder(e.Image),
            },
            (ImageIngested e, not null) => view with
            {
                Revision = revision,
                Ingesting = false,
                Error = "",
                Finished = at,
                Ready = ReadyImage.Of(e),
            },
            (ImageFailed e, not null) =>
                view with { Revision = revision, Ingesting = false, Error = e.Reason, Finished = at },
            (ImageDescribed e, not null) when e.ApplyTo(view.Image) is var image =>
                view with { Revision = revision, Image = image, Ready = view.ReadyUnder(image) },
            (ImageDeleted, _) => null,
            (RedactedEvent, _) => view,
            _ => throw new UnknownEventException(recorded),
        };
    }

    /// <summary>
    /// What is said of another source is no word on these pixels: until that one's are there it may close these, and
    /// opens nothing of them.
    /// </summary>
    private ReadyImage? ReadyUnder(ImageDescription image) =>
        Ready is { } ready && (ready.AtMost is not null || !IsOfOneSource(Image, image))
            ? ready with { AtMost = Openness.And(Openness.Of(image)) } : Ready;

    private static bool IsOfOneSource(ImageDescription one, ImageDescription other) =>
        one.Origin == other.Origin && one.Upload?.Sha256 == other.Upload?.Sha256;
}

/// <summary>What is served of an image.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="MediaType">Of the origin, found by content.</param>
/// <param name="AtMost">
/// What it opens while the image has another source by now; <c>null</c>: what is said of the image.
/// </param>
public sealed record ReadyImage(
    int Width, int Height, string MediaType, FetchedOrigin Origin, ReadyPyramid? Pyramid,
    IReadOnlyList<ReadyThumbnail> Thumbnails, Openness? AtMost = null)
{
    public static ReadyImage Of(ImageIngested e) => new(
        e.Width, e.Height, e.MediaType, e.Origin,
        e.Pyramid is { } p ? new(p.Key, p.Bytes, p.TileSize, p.Levels) : null,
        [.. e.Thumbnails.Select(t => new ReadyThumbnail(t.Key, t.Width, t.Height, t.Bytes))]);
}

/// <param name="Key">In storage; made of the digest of what it leads to.</param>
/// <param name="TileSize">Pixels, both ways.</param>
/// <param name="Levels">From full size (scale factor 1), each half the one before.</param>
public sealed record ReadyPyramid(string Key, long Bytes, int TileSize, int Levels);

/// <param name="Key">In storage; made of the digest of what it leads to.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record ReadyThumbnail(string Key, int Width, int Height, long Bytes);

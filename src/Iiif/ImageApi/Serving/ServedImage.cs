using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dlcs.Iiif.Access;
using Dlcs.Kernel;
using Dlcs.Read.Images;

namespace Dlcs.Iiif.ImageApi.Serving;

/// <summary>An image as requests need it: everything that does not depend on the request is worked out once.</summary>
public sealed class ServedImage
{
    /// <summary>Part of every ETag: raise it when the same request would give other pixels.</summary>
    private const string Renderer = "3";

    /// <param name="readAt">A timestamp of the <see cref="TimeProvider"/>.</param>
    public ServedImage(ImageView view, SizeLimits platform, long readAt)
    {
        Id = view.Id;
        Path = view.Id.Path;
        ReadAt = readAt;
        Restrictions = Restrictions.Of(view.Openness, platform);
        Ready = view.Ready;
        Pyramid = view.Pyramid;
        Tiles = Pyramid is { } tiled && Ready is { } whole
            ? TileSizes.Of(new(whole.Width, whole.Height, tiled.TileSize), Restrictions.Limits) : null;
        Thumbnails = [.. view.Thumbnails.Where(t => Restrictions.Limits.Admit(t.Width, t.Height))];
        NoPyramid = Pyramid is null ? Missing(view, "iiif-img") : null;
        NoThumbnails = Thumbnails.Count is 0 ? Missing(view, "thumbs") : null;
        ETag = $"\"{Digest(Pyramid, Thumbnails, Restrictions)}\"";
        CacheControl = Restrictions.Closed ? Headers.ClosedPixels : Headers.OpenPixels;
        InfoCacheControl = Restrictions.Closed ? Headers.ClosedPixels : Headers.OpenInfo;
    }

    public ImageId Id { get; }

    /// <summary>Percent-encoded, for URLs.</summary>
    public string Path { get; }

    public long ReadAt { get; }

    public Restrictions Restrictions { get; }

    public ReadyImage? Ready { get; }

    public ReadyPyramid? Pyramid { get; }

    /// <summary>The tiles that viewers are told of; <c>null</c> where there is no <see cref="Pyramid"/>.</summary>
    public TileSizes? Tiles { get; }

    /// <summary>Those that anyone may have, with a role or without.</summary>
    public IReadOnlyList<ReadyThumbnail> Thumbnails { get; }

    /// <summary>What to answer where there is no <see cref="Pyramid"/>; <c>null</c> when there is one.</summary>
    public Refusal? NoPyramid { get; }

    /// <summary>What to answer where there are no <see cref="Thumbnails"/>; <c>null</c> when there are.</summary>
    public Refusal? NoThumbnails { get; }

    /// <summary>Of every picture that is made of this image: the URL says which.</summary>
    public string ETag { get; }

    public string CacheControl { get; }

    public string InfoCacheControl { get; }

    /// <summary>Why the processing failed is told to its owner, through the API: it may tell of the origin.</summary>
    private Refusal Missing(ImageView view, string channel) => Restrictions.Shut
        ? new(401, "This image is closed: without a role, nothing of it can be seen.")
        : new(404, view switch
        {
            _ when !view.Image.Delivers(channel) => $"The image {view.Id} is not delivered through {channel}.",
            { Ingesting: true } => $"The image {view.Id} is still being processed.",
            { Ready: null } => $"The image {view.Id} could not be processed; the API says why.",
            { Ready.Thumbnails.Count: > 0 } when channel is "thumbs" =>
                $"Every thumbnail of {view.Id} is larger than what is served of it.",
            _ => $"The image {view.Id} was processed without {channel}; process it again to have it.",
        });

    /// <summary>Keys are made of what they lead to.</summary>
    private static string Digest(
        ReadyPyramid? pyramid, IReadOnlyList<ReadyThumbnail> thumbnails, Restrictions restrictions)
    {
        var text = new StringBuilder(Renderer);
        text.Append(CultureInfo.InvariantCulture, $"|{restrictions}|{pyramid?.Key}");
        foreach (var thumbnail in thumbnails) text.Append('|').Append(thumbnail.Key);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 12);
    }
}

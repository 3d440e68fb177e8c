using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Unit.Write;

/// <summary>An image and what happens to it.</summary>
internal static class Images
{
    public static readonly ImageId Id = new(new SpaceId(2, 5), "folio-1r");
    public static readonly Guid First = new("00000000-0000-7000-8000-000000000001");
    public static readonly Guid Second = new("00000000-0000-7000-8000-000000000002");

    public static readonly IReadOnlyList<DeliveryChannel> Channels =
        [new("iiif-img", "default"), new("thumbs", "default", ["!1024,1024", "!400,400", "!200,200", "!100,100"])];

    public static readonly ImageRegistered Registered = new(Id, First, Described(Id), Lane.Immediate);

    public static readonly ImageStanding Waiting = new(Waiting: true, Lane: Lane.Immediate);

    public static readonly ImageStanding Ready =
        new(Waiting: false, Bytes: 900, ThumbnailBytes: 70, Lane: Lane.Immediate);

    public static readonly ImageIngested Ingested = new(
        Id, First, 800, 600, "image/tiff", new FetchedOrigin(1_000, "aa"),
        new StoredPyramid("2/pyramids/p", 900, "bb", 512, 2), [new StoredThumbnail("2/thumbs/t", 100, 75, 70, "cc")],
        new Dictionary<string, string> { ["libvips"] = "8.14" }, Waiting);

    public static ImageDescription Described(ImageId id) => new(
        id, "https://example.org/1r.tif", null, "image/tiff", "I", Channels, "ms-1", "", "", 1, 0, 0, ["blue"],
        ["clickthrough"], []);
}

using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Unit.Read;

/// <summary>An image and what may happen to it.</summary>
internal static class Some
{
    public static readonly ImageId Id = new(new SpaceId(2, 5), "folio-1r");
    public static readonly Guid Registration = new("00000000-0000-7000-8000-000000000001");

    public static ImageDescription Image { get; } = new(
        Id, "https://example.org/1r.tif", Upload: null, "image/tiff", "I",
        [new("iiif-img", "default"), new("thumbs", "default", ["!200,200"])],
        "book", "", "", 1, 0, 0, ["blue"], [], []);

    public static ImageRegistered Registered(
        int? batch = null, ImageStanding? before = null, Lane lane = Lane.Normal) =>
        new(Id, Registration, Image, lane, batch, batch is null ? null : 0, before);

    public static ImageIngested Ingested(int? batch = null) => new(
        Id, Registration, 800, 600, "image/tiff", new(1000, "aa"), new("2/pyramids/aa/aa.zip", 500, "aa", 512, 2),
        [new("2/thumbs/bb/bb.jpg", 200, 150, 50, "bb")], new Dictionary<string, string>(),
        new(Waiting: true, Batch: batch));

    public static ImageFailed Failed(int? batch = null) =>
        new(Id, Registration, "the origin answers 404", new(Waiting: true, Batch: batch));

    public static ImageDeleted Deleted(int? batch = null, bool waiting = false) => new(Id, new(waiting, Batch: batch));
}

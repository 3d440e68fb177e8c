using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Read;

/// <summary>Images, and what may happen to them.</summary>
internal static class Some
{
    public static ImageId Id(string name, int space = 5, int customer = 2) => new(new(customer, space), name);

    public static ImageDescription Image(
        ImageId id, string string1 = "book", long number1 = 0, params string[] tags) => new(
        id, "https://example.org/" + id.Name, Upload: null, "image/tiff", "I",
        [new("iiif-img", "default"), new("thumbs", "default", ["!200,200"])],
        string1, "", "", number1, 0, 0, tags, [], []);

    public static ImageRegistered Registered(ImageDescription image, int? batch = null, ImageStanding? before = null) =>
        new(image.Id, Guid.CreateVersion7(), image, Lane.Normal, batch, batch is null ? null : 0, before);

    public static ImageIngested Ingested(ImageId id, int? batch = null) => new(
        id, Guid.Empty, 800, 600, "image/tiff", new(1000, "aa"), new("2/pyramids/aa/aa.zip", 500, "aa", 512, 2), [],
        new Dictionary<string, string>(), new(Waiting: true, Batch: batch));
}

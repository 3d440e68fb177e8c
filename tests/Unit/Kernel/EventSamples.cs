using System.Text.Json;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Unit.Kernel;

/// <summary>One event of every type, every field filled.</summary>
internal static class EventSamples
{
    private static readonly SpaceId Space = new(2, 5);
    private static readonly ImageId Image = new(Space, "folio-1r");
    private static readonly Guid Claim = new("0190a0b0-0000-7000-8000-000000000001");
    private static readonly Guid Key = new("0190a0b0-0000-7000-8000-000000000002");
    private static readonly Guid Registration = new("0190a0b0-0000-7000-8000-000000000003");
    private static readonly Guid Query = new("0190a0b0-0000-7000-8000-000000000004");
    private static readonly string Hash = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));
    private static readonly ImageStanding Standing = new(
        Waiting: true, Failed: true, Batch: 70, Bytes: 1_000_000, ThumbnailBytes: 20_000, Lane.Priority);

    private static readonly ImageDescription Description = new(
        Image, "https://example.org/folio-1r.tif", new($"2/uploads/01/{Hash}.tif", 12_345, Hash), "image/tiff", "I",
        [new("iiif-img", "default"), new("thumbs", "default", ["!1024,1024", "!200,200"])],
        "MS 12", "folio", "1r", 1, 2, 3, ["vellum", "gold"], ["clickthrough"], ["ms-12"],
        MaxUnauthorised: 400, MaxWidth: 4000, OpenFullMax: 200);

    public static IReadOnlyList<IEvent> All { get; } =
    [
        new CustomerCreated(2, Claim, "wellcome", "Wellcome", Administrator: true),
        new CustomerRenamed(2, Claim, "Wellcome Collection"),
        new KeyIssued(2, Key, Hash),
        new KeyRevoked(2, Key),
        new SpaceCreated(Space, Claim, "manuscripts", ["tag"], ["role"], MaxUnauthorised: 400),
        new SpaceRenamed(Space, Claim, "maps"),
        new SpaceDefaultsChanged(Space, ["tag"], ["role"], MaxUnauthorised: 0),
        new SpaceClosing(Space),
        new SpaceReopened(Space),
        new SpaceDeleted(Space),
        new NameClaimed(Claim, "manuscripts", "space-2/5", new("SpaceCreated", JsonElement.Parse("""{"id":"2/5"}"""))),
        new NameReleased(Claim),
        new ImageRegistered(Image, Registration, Description, Lane.Immediate, Batch: 71, Member: 3, Before: Standing),
        new ImageIngested(
            Image, Registration, 8000, 6000, "image/tiff", new(48_000_000, Hash),
            new($"2/pyramids/01/{Hash}.tif", 9_000_000, Hash, TileSize: 512, Levels: 5),
            [new($"2/thumbnails/01/{Hash}.jpg", 1024, 768, 90_000, Hash)],
            new Dictionary<string, string> { ["libvips"] = "8.14.1" }, Standing),
        new ImageFailed(Image, Registration, "the origin answered 404", Standing),
        new ImageDescribed(Image, "a", "b", "c", 1, 2, 3, ["tag"], ["role"], ["manifest"], "image/jpeg"),
        new ImageDeleted(Image, Standing),
        new BatchMembersAdded(71, 2, [Description]),
        new BatchSubmitted(71, 2, 1, Priority: true),
        new BatchMembersPassedOver(71, 2, [0]),
        new NamedQueryDefined(2, Query, "book", "manifest=s1&canvas=n1&s1=p1", Global: true),
        new NamedQueryChanged(2, Query, "manifest=s2&canvas=n1&s2=p1"),
        new NamedQueryRemoved(2, Query),
    ];
}

using System.Text.Json;
using Dlcs.Kernel.Events;
using Dlcs.Read.Api;
using Dlcs.Read.Images;

namespace Dlcs.Unit.Read;

public sealed class ShowingAnImage
{
    private static ImageView? After(params IEvent[] events) => Recording.Of(events)
        .Aggregate(default(ImageView), (view, recorded) => ImageView.Evolve(Some.Id.ToString(), view, recorded));

    private static ImageView There(params IEvent[] events) => After(events).ShouldNotBeNull();

    [Fact]
    public void has_nothing_to_serve_until_it_is_tiled() =>
        There(Some.Registered()).ShouldSatisfyAllConditions(
            v => v.Ingesting.ShouldBeTrue(), v => v.Ready.ShouldBeNull());

    [Fact]
    public void shows_the_size_it_was_tiled_at() =>
        There(Some.Registered(), Some.Ingested()).ShouldSatisfyAllConditions(
            v => v.Ingesting.ShouldBeFalse(), v => v.Ready.ShouldNotBeNull().Width.ShouldBe(800));

    [Fact]
    public void goes_on_serving_while_it_is_processed_again() =>
        There(Some.Registered(), Some.Ingested(), Some.Registered()).Ready.ShouldNotBeNull();

    [Fact]
    public void opens_the_pixels_of_one_source_by_no_word_on_another()
    {
        var closed = Some.Image with { Roles = ["staff"] };
        var open = Some.Image with { Origin = "https://b.org/1.tif" };
        var reopened = new ImageDescribed(Some.Id, Roles: []);
        IEvent[] shown = [Registered(closed), Some.Ingested()];

        IsOpen([.. shown]).ShouldBeFalse();
        IsOpen([.. shown, reopened]).ShouldBeTrue();
        IsOpen([.. shown, Registered(Some.Image)]).ShouldBeTrue();
        IsOpen([.. shown, Registered(open)]).ShouldBeFalse();
        IsOpen([.. shown, Registered(open), Some.Failed()]).ShouldBeFalse();
        IsOpen([.. shown, Registered(open), Registered(open)]).ShouldBeFalse();
        IsOpen([.. shown, Registered(open with { Roles = ["staff"] }), reopened]).ShouldBeFalse();
        IsOpen([.. shown, reopened, Registered(open)]).ShouldBeTrue();
        IsOpen([.. shown, reopened, Registered(open with { Roles = ["staff"] }), reopened]).ShouldBeFalse();
        IsOpen([.. shown, Registered(open), Some.Ingested()]).ShouldBeTrue();

        static ImageRegistered Registered(ImageDescription image) => Some.Registered() with { Image = image };
        static bool IsOpen(params IEvent[] events) => !There(events).Openness.Closed;
    }

    [Theory]
    [InlineData("iiif-img thumbs", 0, true, true)]
    [InlineData("iiif-img", 0, true, false)]
    [InlineData("thumbs", 0, false, true)]
    [InlineData("iiif-img thumbs", 150, true, false)] // its one thumbnail has 200 pixels
    public void points_only_to_what_is_served(string channels, int maxWidth, bool pixels, bool thumbnails)
    {
        var image = Some.Image with
        {
            DeliveryChannels = [.. channels.Split(' ').Select(channel => new DeliveryChannel(channel, "default"))],
            MaxWidth = maxWidth,
        };
        var view = There(Some.Registered(), Some.Ingested(), Some.Registered() with { Image = image });
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body)) ImageJson.Write(json, view, new Urls("http://a", "http://p"));

        var shown = JsonElement.Parse(body.ToArray());
        shown.TryGetProperty("imageService", out _).ShouldBe(pixels);
        shown.TryGetProperty("thumbnailImageService", out _).ShouldBe(thumbnails);
    }

    [Fact]
    public void forgets_an_error_once_registered_again() =>
        There(Some.Registered(), Some.Failed(), Some.Registered()).Error.ShouldBe("");

    [Fact]
    public void keeps_its_creation_through_registrations() =>
        There(Some.Registered(), Some.Registered()).Created.ShouldBe(Recording.Began);

    [Fact]
    public void changes_only_what_is_described()
    {
        var view = There(Some.Registered(), new ImageDescribed(Some.Id, String2: "verso", Tags: []));

        view.Image.String1.ShouldBe("book");
        view.Image.String2.ShouldBe("verso");
        view.Image.Tags.ShouldBeEmpty();
    }

    [Fact]
    public void remembers_every_batch_it_came_with() =>
        There(Some.Registered(7), Some.Registered(9, new(true, Batch: 7)), Some.Registered(9, new(true, Batch: 9)))
            .Batches.ShouldBe([7, 9]);

    [Fact]
    public void disappears_when_deleted() => After(Some.Registered(), Some.Deleted()).ShouldBeNull();

    [Fact]
    public void passes_over_what_was_redacted() =>
        There(Some.Registered(), new RedactedEvent("ImageDescribed")).Image.String1.ShouldBe("book");

    [Fact]
    public void ignores_spaces() =>
        ImageView.Keys(Recording.Of(new SpaceClosing(Some.Id.Space)).Single()).ShouldBeEmpty();

    [Fact]
    public void stops_at_a_type_it_was_never_told_of() => Should.Throw<UnknownEventException>(
        () => ImageView.Keys(Recording.Of(new UnknownEvent("ImagePainted", 1)).Single()));
}

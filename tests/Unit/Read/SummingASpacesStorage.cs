using Dlcs.Kernel.Events;
using Dlcs.Read.Spaces;

namespace Dlcs.Unit.Read;

public sealed class SummingASpacesStorage
{
    private static readonly ImageStanding Stored = new(Waiting: true, Bytes: 500, ThumbnailBytes: 50);

    private static SpaceStorageView After(params IEvent[] events) => Recording.Of(events)
        .Where(r => SpaceStorageView.Keys(r).Contains("2/5"))
        .Aggregate(default(SpaceStorageView), (view, recorded) => SpaceStorageView.Evolve("2/5", view, recorded))
        .ShouldNotBeNull();

    [Fact]
    public void adds_what_is_ingested() => After(Some.Registered(), Some.Ingested(), Some.Failed())
        .ShouldBe(new(Some.Id.Space, 1, 500, 50, Recording.Began.AddSeconds(1)));

    [Fact]
    public void counts_an_image_once_however_often_it_is_ingested() =>
        After(Some.Ingested(), Some.Ingested() with { Pyramid = null, Before = Stored })
            .ShouldBe(new(Some.Id.Space, 1, 0, 50, Recording.Began.AddSeconds(1)));

    [Fact]
    public void takes_away_what_is_deleted() => After(Some.Ingested(), Some.Deleted() with { Before = Stored })
        .ShouldBe(new(Some.Id.Space, 0, 0, 0, Recording.Began.AddSeconds(1)));

    [Fact]
    public void is_no_matter_of_an_image_that_was_never_ingested() =>
        After(Some.Ingested(), Some.Registered(), Some.Failed(), Some.Deleted())
            .ShouldBe(new(Some.Id.Space, 1, 500, 50, Recording.Began.AddSeconds(3)));
}

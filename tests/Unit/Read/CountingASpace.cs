using Dlcs.Kernel.Events;
using Dlcs.Read.Spaces;

namespace Dlcs.Unit.Read;

public sealed class CountingASpace
{
    private static readonly SpaceCreated Created = new(Some.Id.Space, Guid.Empty, "manuscripts", [], []);

    private static SpaceView After(params IEvent[] events) => Recording.Of(events)
        .Where(r => SpaceView.Keys(r).Contains("2/5"))
        .Aggregate(default(SpaceView), (view, recorded) => SpaceView.Evolve("2/5", view, recorded))
        .ShouldNotBeNull();

    [Fact]
    public void counts_an_image_once_however_often_it_is_registered() =>
        After(Created, Some.Registered(), Some.Registered(before: new(Waiting: true))).Images.ShouldBe(1);

    [Fact]
    public void forgets_an_image_that_is_deleted() =>
        After(Created, Some.Registered(), Some.Deleted()).Images.ShouldBe(0);

    [Fact]
    public void keeps_what_crossed_its_deletion() =>
        After(Created, new SpaceClosing(Some.Id.Space), new SpaceDeleted(Some.Id.Space), Some.Registered(),
            new SpaceReopened(Some.Id.Space)).ShouldSatisfyAllConditions(
                s => s.Deleted.ShouldBeFalse(), s => s.Images.ShouldBe(1));
}

using Dlcs.Kernel.Events;
using Dlcs.Read.Spaces;

namespace Dlcs.Unit.Read;

public sealed class NamingASpace
{
    private static readonly SpaceCreated Created = new(Some.Id.Space, Guid.Empty, "manuscripts", [], []);
    private static readonly SpaceRenamed Renamed = new(Some.Id.Space, Guid.Empty, "codices");

    private static SpaceNameView After(params IEvent[] events) => Recording.Of(events)
        .Where(r => SpaceNameView.Keys(r).Contains("2/5"))
        .Aggregate(default(SpaceNameView), (view, recorded) => SpaceNameView.Evolve("2/5", view, recorded))
        .ShouldNotBeNull();

    [Fact]
    public void knows_its_last_name() =>
        After(Created, Renamed, new SpaceDefaultsChanged(Some.Id.Space, ["x"], [], -1)).Name.ShouldBe("codices");

    [Fact]
    public void gives_the_name_up_when_the_space_goes() =>
        After(Created, new SpaceClosing(Some.Id.Space), new SpaceDeleted(Some.Id.Space)).Deleted.ShouldBeTrue();

    [Fact]
    public void keeps_it_when_the_space_is_opened_again() =>
        After(Created, new SpaceClosing(Some.Id.Space), new SpaceDeleted(Some.Id.Space),
            new SpaceReopened(Some.Id.Space)).ShouldBe(new(Some.Id.Space, "manuscripts"));

    [Fact]
    public void is_no_matter_of_its_images() =>
        SpaceNameView.Keys(Recording.Of([Some.Registered()]).Single()).ShouldBeEmpty();
}

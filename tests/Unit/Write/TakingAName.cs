using Dlcs.Kernel.Events;
using Dlcs.Write.Claims;

namespace Dlcs.Unit.Write;

public sealed class TakingAName : Specification<Claim>
{
    private static readonly Bid Bid = Bid.For(new SpaceCreated(new(2, 5), Images.First, "Maps", [], []));
    private static readonly Bid Other = Bid.For(new SpaceCreated(new(2, 6), Images.Second, "maps", [], []));

    private static Decision Take(Claim claim, bool? isBorne = null, bool holdsOthers = false) => TakeName.Decide(
        new(Bid, "Maps", isBorne is { } borne ? new Standing(Images.Second, borne) : null, holdsOthers), claim);

    [Fact]
    public void that_is_free_claims_it_with_the_event_that_follows() =>
        Given().When(c => Take(c)).Appends(Bid.On("Maps"));

    [Fact]
    public void twice_claims_it_once() => Given(Bid.On("Maps")).When(c => Take(c)).AppendsNothing();

    [Fact]
    public void waits_for_a_look_at_who_holds_it() => Given(Other.On("maps")).When(c => Take(c)).AppendsNothing();

    [Fact]
    public void takes_over_a_claim_that_came_to_nothing() => Given(Other.On("maps"))
        .When(c => Take(c, isBorne: false)).Appends(new NameReleased(Images.Second), Bid.On("Maps"));

    [Fact]
    public void leaves_a_name_that_is_borne() =>
        Given(Other.On("maps")).When(c => Take(c, isBorne: true)).AppendsNothing();

    [Fact]
    public void says_for_good_that_it_lost_when_it_holds_another_name() => Given(Other.On("maps"))
        .When(c => Take(c, isBorne: true, holdsOthers: true)).Appends(new NameReleased(Images.First));

    [Fact]
    public void never_holds_what_it_gave_up() =>
        Given(Bid.On("Maps"), new NameReleased(Images.First)).When(c => Take(c)).AppendsNothing();

    [Fact]
    public void that_was_released_claims_it() =>
        Given(Other.On("maps"), new NameReleased(Images.Second)).When(c => Take(c)).Appends(Bid.On("Maps"));

    [Fact]
    public void can_be_read_back_from_the_claim() => Bid.Of(Bid.On("Maps")).Names.ShouldBe(Bid.Names);
}

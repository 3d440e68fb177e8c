using Dlcs.Kernel.Events;
using Dlcs.Read.Batches;

namespace Dlcs.Unit.Read;

public sealed class CountingWhatWaits
{
    private static QueueView After(string key, params IEvent[] events) => Recording.Of(events)
        .Aggregate(default(QueueView), (view, recorded) => QueueView.Evolve(key, view, recorded))
        .ShouldNotBeNull();

    [Fact]
    public void holds_what_waits_by_lane() =>
        After("2", Some.Registered(7), Some.Registered(lane: Lane.Immediate)).ShouldSatisfyAllConditions(
            q => q.Normal.ShouldBe(1), q => q.Priority.ShouldBe(1), q => q.Batches.ShouldBe([new(7, 1)]));

    [Fact]
    public void moves_an_image_that_is_registered_again_while_it_waits() =>
        After("2", Some.Registered(7), Some.Registered(8, new(Waiting: true, Batch: 7))).ShouldSatisfyAllConditions(
            q => q.Normal.ShouldBe(1), q => q.Batches.ShouldBe([new(8, 1)]));

    [Fact]
    public void is_empty_when_all_is_over() =>
        After("2", Some.Registered(7), Some.Ingested(7)).ShouldSatisfyAllConditions(
            q => q.Normal.ShouldBe(0), q => q.Batches.ShouldBeEmpty());

    [Fact]
    public void keeps_no_list_of_everyones_batches() =>
        After(QueueView.Everyone, Some.Registered(7)).ShouldSatisfyAllConditions(
            q => q.Normal.ShouldBe(1), q => q.Batches.ShouldBeEmpty());
}

using Dlcs.Kernel.Events;
using Dlcs.Read.Batches;

namespace Dlcs.Unit.Read;

public sealed class CountingABatch
{
    private static readonly BatchSubmitted Submitted = new(7, 2, Count: 2);

    private static BatchView After(params IEvent[] events) => Recording.Of(events)
        .Where(r => BatchView.Keys(r).Contains("7"))
        .Aggregate(default(BatchView), (view, recorded) => BatchView.Evolve("7", view, recorded))
        .ShouldNotBeNull();

    [Fact]
    public void begins_with_nothing_done() => After(Submitted).ShouldSatisfyAllConditions(
        v => v.Count.ShouldBe(2), v => v.Completed.ShouldBe(0), v => v.Finished.ShouldBeNull(),
        v => v.Superseded().ShouldBeFalse());

    [Fact]
    public void counts_an_error_as_completed() =>
        After(Submitted, Some.Registered(7), Some.Registered(7), Some.Failed(7)).ShouldSatisfyAllConditions(
            v => v.Completed.ShouldBe(1), v => v.Errors.ShouldBe(1));

    [Fact]
    public void is_finished_when_the_last_member_is_over() =>
        After(Submitted, Some.Registered(7), Some.Registered(7), Some.Ingested(7), Some.Failed(7))
            .Finished.ShouldBe(Recording.Began.AddSeconds(4));

    [Fact]
    public void is_over_with_a_member_that_moved_while_it_waited() =>
        After(Submitted, Some.Registered(7), Some.Registered(8, new(Waiting: true, Batch: 7)))
            .ShouldSatisfyAllConditions(v => v.Completed.ShouldBe(1), v => v.Current.ShouldBe(0));

    [Fact]
    public void counts_a_member_once_though_it_is_processed_again() =>
        After(Submitted, Some.Registered(7), Some.Ingested(7), Some.Registered(null, new(Waiting: false, Batch: 7)))
            .Completed.ShouldBe(1);

    [Fact]
    public void is_superseded_when_later_batches_took_every_member()
    {
        var moved = Some.Registered(8, new(Waiting: true, Batch: 7));

        After(Submitted, Some.Registered(7), Some.Registered(7), moved).Superseded().ShouldBeFalse();
        After(Submitted, Some.Registered(7), Some.Registered(7), moved, moved).Superseded().ShouldBeTrue();
    }

    [Fact]
    public void is_over_with_members_that_were_passed_over() =>
        After(Submitted, Some.Registered(7), Some.Ingested(7), new BatchMembersPassedOver(7, 2, [1]))
            .ShouldSatisfyAllConditions(
                v => v.Completed.ShouldBe(2), v => v.Finished.ShouldBe(Recording.Began.AddSeconds(3)),
                v => v.Current.ShouldBe(1), v => v.Superseded().ShouldBeFalse());

    [Fact]
    public void is_over_with_a_member_that_was_deleted() =>
        After(Submitted, Some.Registered(7), Some.Deleted(7, waiting: true)).Completed.ShouldBe(1);
}

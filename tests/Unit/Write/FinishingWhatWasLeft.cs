using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write;
using Dlcs.Write.Finishing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dlcs.Unit.Write;

public sealed class FinishingWhatWasLeft
{
    private static readonly BatchSubmitted Submitted = new(7, 2, 2);
    private static readonly SpaceId Space = new(2, 5);
    private static readonly DateTimeOffset Seen = Recording.Began.AddMinutes(10);

    private static Unfinished After(params IEvent[] events)
    {
        var unfinished = new Unfinished();
        foreach (var (i, recorded) in Recording.Of(events).Index())
            unfinished.Fold(At(i - 1), new LogEntry(new Position(i), recorded), Seen);
        return unfinished;
    }

    private static Checkpoint At(int position) => new(new(position), Last: null);

    private static ImageRegistered Member(int batch, int member) =>
        Images.Registered with { Batch = batch, Member = member };

    private static IEnumerable<IEvent> Left(Unfinished unfinished) =>
        unfinished.Since(DateTimeOffset.MaxValue).Select(e => e.Recorded.Event);

    [Fact]
    public void is_nothing_for_a_batch_with_all_its_members() =>
        Left(After(Submitted, Member(7, 0), Member(7, 1))).ShouldBeEmpty();

    [Fact]
    public void is_a_batch_that_lacks_a_member() =>
        Left(After(Submitted, Member(7, 0), Member(8, 1), Images.Registered)).ShouldBe([Submitted]);

    [Fact]
    public void is_nothing_for_a_batch_that_passed_over_what_it_lacks() =>
        Left(After(Submitted, new BatchMembersPassedOver(7, 2, [1]), Member(7, 0))).ShouldBeEmpty();

    [Fact]
    public void is_a_space_left_closing() =>
        Left(After(new SpaceClosing(Space))).ShouldBe([new SpaceClosing(Space)]);

    [Fact]
    public void is_nothing_for_a_space_that_was_reopened_or_deleted()
    {
        Left(After(new SpaceClosing(Space), new SpaceReopened(Space))).ShouldBeEmpty();
        Left(After(new SpaceClosing(Space), new SpaceDeleted(Space))).ShouldBeEmpty();
    }

    [Fact]
    public void begins_again_before_the_oldest_that_is_left()
    {
        var unfinished = After(Images.Registered, Submitted, new SpaceClosing(Space), Member(7, 0));

        unfinished.FinishedUpTo(At(3)).ShouldBe(At(0));
        unfinished.Close(unfinished.Since(DateTimeOffset.MaxValue)[0]);
        unfinished.FinishedUpTo(At(3)).ShouldBe(At(1));
        unfinished.Close(unfinished.Since(DateTimeOffset.MaxValue)[0]);
        unfinished.FinishedUpTo(At(3)).ShouldBe(At(3));
    }

    [Fact]
    public void waits_a_while_for_those_who_began() =>
        After(Submitted).Since(Seen.AddSeconds(-1)).ShouldBeEmpty(); // however long ago their request came

    [Fact]
    public async Task completes_a_batch_and_deletes_a_space()
    {
        var log = new InMemoryLog();
        await Acting.PutSpace(log, 5, "Maps");
        await Acting.PutSpace(log, 6, "Letters");
        var by = Acting.Caller().Metadata;
        IEvent members = new BatchMembersAdded(7, 2, [Images.Described(Images.Id)]);
        await log.Append(new(StreamName.Batch(7), -1, [members, Submitted with { Count = 1 }], by), Acting.Ct);
        await log.Append(new(new SpaceId(2, 6).Stream, 0, [new SpaceClosing(new(2, 6))], by), Acting.Ct);
        var saved = 0L;

        using var follower = Following(
            log, position => Volatile.Write(ref saved, Math.Max(saved, position.Value)));
        await follower.StartAsync(Acting.Ct);
        await Until(() => log.Stream(Images.Id.Stream) is not []
            && log.Stream(new SpaceId(2, 6).Stream)[^1] is SpaceDeleted);
        await Until(() => Volatile.Read(ref saved) >= log.All.Count - 1);
        await follower.StopAsync(Acting.Ct);

        var registered = log.All.Single(r => r.Event is ImageRegistered);
        (registered.Metadata.By, registered.Metadata.Correlation).ShouldBe((by.By, by.Correlation));
        (await Acting.PutSpace(log, 8, "Letters")).ShouldBe(201); // its name is free
    }

    private static async Task Until(Func<bool> done)
    {
        for (var tries = 0; !done(); tries++)
        {
            tries.ShouldBeLessThan(3000);
            await Task.Delay(20, Acting.Ct);
        }
    }

    private static Follower Following(InMemoryLog log, Action<Position> saved) => new(
        log,
        new FollowerWiring(
            _ => Task.FromResult(Checkpoint.Start),
            (checkpoint, _) =>
            {
                saved(checkpoint.Position);
                return Task.CompletedTask;
            },
            (_, _, _) => Task.FromResult(true), new WriteSettings(), TimeProvider.System),
        NullLogger<Follower>.Instance);
}

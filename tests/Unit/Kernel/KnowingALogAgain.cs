using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Unit.Write;

namespace Dlcs.Unit.Kernel;

public sealed class KnowingALogAgain
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Append One(int number)
    {
        var space = new SpaceId(1, number);
        return new(space.Stream, -1, [new SpaceReopened(space)], new(
            NamedGuid.Of(Guid.Empty, $"{number}"), null, DateTimeOffset.UnixEpoch, "c"));
    }

    /// <summary>A node of a cluster may be slower than the one that was asked before.</summary>
    [Fact]
    public async Task waits_a_while_for_what_is_not_shown_yet()
    {
        var log = new InMemoryLog();
        await log.Append(One(1), Ct);
        var seen = new Checkpoint(new(1), One(2).EventId(0));
        var recognising = log.Recognise(seen, Ct);

        await Task.Delay(200, Ct);
        recognising.IsCompleted.ShouldBeFalse();
        await log.Append(One(2), Ct);

        (await recognising).ShouldBe(seen);
    }

    [Fact]
    public async Task gives_up_on_what_is_not_shown_for_long()
    {
        var log = new InMemoryLog();
        await log.Append(One(1), Ct);

        (await log.Recognise(new(new(1), One(2).EventId(0)), Ct)).ShouldBeNull();
        (await log.Recognise(new(new(0), One(2).EventId(0)), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task takes_in_pages_what_was_seen_last()
    {
        var log = new InMemoryLog();
        await log.Append(One(1), Ct);
        await log.Append(One(2), Ct);

        var seen = Checkpoint.Start.After(await log.ReadAll(Position.Start, 10, Ct));

        seen.ShouldBe(new Checkpoint(new(1), One(2).EventId(0)));
        seen.After(new([], new(9))).ShouldBe(seen with { Position = new(9) });
        (await log.Recognise(Checkpoint.Start, Ct)).ShouldBe(Checkpoint.Start);
        (await log.Recognise(seen with { Last = null }, Ct)).ShouldBe(seen);
    }
}

using Dlcs.Kernel;

namespace Dlcs.Unit.Kernel;

public sealed class SharingAnAttempt
{
    private readonly Clock clock = new();
    private int made;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task gives_all_who_ask_the_same()
    {
        var attempt = new SharedAttempt<int>(() => Task.FromResult(++made));

        (await attempt.Get(Ct), await attempt.Get(Ct)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task makes_another_after_a_failure()
    {
        var attempt = new SharedAttempt<int>(() => ++made is 1 ? throw new TimeoutException()
            : made is 2 ? Task.FromException<int>(new TimeoutException())
            : made is 3 ? Task.FromCanceled<int>(new(canceled: true)) : Task.FromResult(made));

        await Should.ThrowAsync<TimeoutException>(() => attempt.Get(Ct).AsTask());
        await Should.ThrowAsync<TimeoutException>(() => attempt.Get(Ct).AsTask());
        await Should.ThrowAsync<OperationCanceledException>(() => attempt.Get(Ct).AsTask());
        (await attempt.Get(Ct)).ShouldBe(4);
    }

    [Fact]
    public async Task makes_another_when_it_holds_no_more()
    {
        var attempt = new SharedAttempt<int>(() => Task.FromResult(++made), TimeSpan.FromSeconds(2), clock);

        (await attempt.Get(Ct)).ShouldBe(1);
        clock.Seconds = 2;
        (await attempt.Get(Ct)).ShouldBe(1);
        clock.Seconds = 3;
        (await attempt.Get(Ct)).ShouldBe(2);
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}

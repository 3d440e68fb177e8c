using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Processing;

public sealed class RetryingImages(Postgres postgres)
{
    [Fact]
    public async Task gets_there_when_the_origin_comes_back()
    {
        await using var shop = await Workshop.Open(postgres);
        await shop.Start();

        await shop.Register(2, "folio-1r", "away-2");

        (await shop.Outcomes(1)).ShouldHaveSingleItem().ShouldBeOfType<ImageIngested>();
        (await shop.Fetched()).Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("away", "the origin does not answer (tried 3 times)")]
    [InlineData("bug", "an unexpected error; the log of the service has it under the correlation id (tried 3 times)")]
    public async Task ends_in_a_failure_that_the_log_knows_and_then_in_the_dead_letters(string origin, string reason)
    {
        await using var shop = await Workshop.Open(postgres);
        await shop.Start();

        var registration = await shop.Register(2, "folio-1r", origin);

        var failed = (await shop.Outcomes(1)).ShouldHaveSingleItem().ShouldBeOfType<ImageFailed>();
        failed.Reason.ShouldBe(reason);
        (await shop.Fetched()).Count.ShouldBe(3);
        await shop.Idle();
        var letter = (await shop.DeadLetters()).ShouldHaveSingleItem();
        letter.Message.ShouldNotBeNull().Registration.ShouldBe(registration);
        letter.Error.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task does_not_happen_when_nothing_would_change()
    {
        await using var shop = await Workshop.Open(postgres);
        await shop.Start();

        await shop.Register(2, "folio-1r", "gone");

        (await shop.Outcomes(1)).ShouldHaveSingleItem().ShouldBeOfType<ImageFailed>().Reason.ShouldNotContain("tried");
        await shop.Idle();
        (await shop.Fetched()).Count.ShouldBe(1);
        (await shop.DeadLetters()).ShouldBeEmpty();
    }

    [Fact]
    public async Task does_not_wait_behind_what_was_never_tried()
    {
        await using var shop = await Workshop.Open(postgres);
        await shop.Start(Workshop.Quick with { Parallelism = 1 });
        await shop.Register(2, "first", "away-1");
        for (var i = 0; i < 60; i++) await shop.Register(2, $"folio-{i}", "slow-100");

        var outcomes = await shop.Outcomes(40);

        outcomes.OfType<ImageIngested>().ShouldContain(e => e.Id.Name == "first");
    }
}

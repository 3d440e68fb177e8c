using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Processing;

public sealed class SharingALane(Postgres postgres)
{
    [Fact]
    public async Task lets_three_images_of_one_customer_pass_two_hundred_of_another()
    {
        await using var shop = await Workshop.Open(postgres);
        await shop.Start();
        for (var i = 0; i < 200; i++) await shop.Register(1, $"folio-{i}", "slow-250");
        await shop.FetchedAtLeast(10);

        for (var i = 0; i < 3; i++) await shop.Register(2, $"folio-{i}", "ok");

        var registered = (await shop.Fetched()).Count;
        await shop.FetchedAtLeast(registered + 20);
        (await shop.Fetched()).Take(registered + 20)
            .Count(f => f.Origin.StartsWith("test://2.", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task is_fair_again_after_a_restart()
    {
        await using var shop = await Workshop.Open(postgres);
        for (var i = 0; i < 100; i++) await shop.Register(1, $"folio-{i}", "slow-100");
        using (var first = await shop.Start())
        {
            await shop.FetchedAtLeast(5);
            await first.StopAsync(TestContext.Current.CancellationToken);
        }
        var done = (await shop.Outcomes()).Count;
        for (var i = 0; i < 3; i++) await shop.Register(2, $"folio-{i}", "ok");

        await shop.Start();
        var outcomes = await shop.Outcomes(done + 30);

        outcomes.OfType<ImageIngested>().Count(e => e.Id.Customer is 2).ShouldBe(3);
    }

    [Fact]
    public async Task never_holds_up_a_client_that_waits()
    {
        await using var shop = await Workshop.Open(postgres);
        await shop.Start();
        for (var i = 0; i < 20; i++) await shop.Register(1, $"folio-{i}", "slow-60000");
        await shop.FetchedAtLeast(2);

        await shop.Register(1, "urgent", "ok", Lane.Immediate);

        (await shop.Outcomes(1)).ShouldHaveSingleItem().ShouldBeOfType<ImageIngested>()
            .Id.Name.ShouldBe("urgent");
    }

    [Fact]
    public async Task takes_no_more_than_there_are_slots()
    {
        await using var shop = await Workshop.Open(postgres);
        for (var i = 0; i < 30; i++) await shop.Register(1, $"folio-{i}", "slow-60000");

        await shop.Start();
        await shop.FetchedAtLeast(2);
        await Task.Delay(700, TestContext.Current.CancellationToken);

        (await shop.Fetched()).Count.ShouldBe(2);
        (await shop.Count("dlcs_processing.wolverine_incoming_envelopes")).ShouldBeLessThanOrEqualTo(4);
    }
}

using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Processing;

public sealed class StoppingAWorker(Postgres postgres)
{
    [Fact]
    public async Task in_the_middle_of_a_job_is_no_failure_of_the_image()
    {
        await using var shop = await Workshop.Open(postgres);
        await shop.Register(1, "long", "slow-600000");
        for (var stops = 1; stops <= 4; stops++)
        {
            using var worker = await shop.Start();
            await shop.FetchedAtLeast(stops);
            await worker.StopAsync(TestContext.Current.CancellationToken);
        }

        (await shop.Outcomes()).ShouldBeEmpty();
        (await shop.Count("dlcs_processing.wolverine_dead_letters")).ShouldBe(0);
    }

    [Fact]
    public async Task waits_a_little_for_what_is_almost_done()
    {
        await using var shop = await Workshop.Open(postgres);
        using var worker = await shop.Start(Workshop.Quick with { StopTimeout = TimeSpan.FromSeconds(10) });
        await shop.Register(1, "folio-1r", "slow-1000");
        await shop.FetchedAtLeast(1);

        await worker.StopAsync(TestContext.Current.CancellationToken);

        (await shop.Outcomes()).Count.ShouldBe(1);
        (await shop.Fetched()).Count.ShouldBe(1);
    }
}

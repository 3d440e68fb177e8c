using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Npgsql;

namespace Dlcs.Integration.Processing;

public sealed class LosingPostgres
{
    [Fact]
    public async Task in_the_middle_of_a_job_loses_neither_the_job_nor_a_try()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var postgres = await OwnPostgres.Started();
        await using var shop = await Workshop.Open(postgres.ConnectionString);
        await shop.Start();
        for (var i = 0; i < 4; i++) await shop.Register(1, $"folio-{i}", "slow-1000");
        await shop.Register(1, "away", "away-1");
        await shop.FetchedAtLeast(2);

        await postgres.Stop();
        await Task.Delay(TimeSpan.FromSeconds(4), ct);
        NpgsqlConnection.ClearAllPools();
        await postgres.Start();

        (await shop.Outcomes(5)).ShouldAllBe(e => e is ImageIngested);
        await shop.Register(1, "afterwards", "ok");
        (await shop.Outcomes(6)).ShouldAllBe(e => e is ImageIngested);
    }

    [Fact]
    public async Task before_the_start_delays_it_and_no_more()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var postgres = await OwnPostgres.Started();
        await using var shop = await Workshop.Open(postgres.ConnectionString);
        await shop.Register(1, "folio-1r", "ok");
        await postgres.Stop();
        await shop.Start();
        await Task.Delay(TimeSpan.FromSeconds(2), ct);

        await postgres.Start();

        (await shop.Outcomes(1)).ShouldHaveSingleItem().ShouldBeOfType<ImageIngested>();
    }
}

using Dlcs.Host.Embedded;
using Dlcs.Kernel.Events;
using Npgsql;

namespace Dlcs.Integration.Processing;

public sealed class LosingPostgres
{
    [Fact]
    public async Task in_the_middle_of_a_job_loses_neither_the_job_nor_a_try()
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("dlcs-");
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        var postgres = await PrivatePostgres.Start(folder.FullName, durable: false, ct);
        await using (var shop = await Workshop.Open(postgres.ConnectionString))
        {
            await shop.Start();
            for (var i = 0; i < 4; i++) await shop.Register(1, $"folio-{i}", "slow-1000");
            await shop.Register(1, "away", "away-1");
            await shop.FetchedAtLeast(2);

            await postgres.Stop(ct);
            await Task.Delay(TimeSpan.FromSeconds(4), ct);
            NpgsqlConnection.ClearAllPools();
            postgres = await PrivatePostgres.Start(folder.FullName, durable: false, ct);

            (await shop.Outcomes(5)).ShouldAllBe(e => e is ImageIngested);
            await shop.Register(1, "afterwards", "ok");
            (await shop.Outcomes(6)).ShouldAllBe(e => e is ImageIngested);
        }
        await postgres.Stop(ct);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task before_the_start_delays_it_and_no_more()
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("dlcs-");
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        var postgres = await PrivatePostgres.Start(folder.FullName, durable: false, ct);
        await using (var shop = await Workshop.Open(postgres.ConnectionString))
        {
            await shop.Register(1, "folio-1r", "ok");
            await postgres.Stop(ct);
            await shop.Start();
            await Task.Delay(TimeSpan.FromSeconds(2), ct);

            postgres = await PrivatePostgres.Start(folder.FullName, durable: false, ct);

            (await shop.Outcomes(1)).ShouldHaveSingleItem().ShouldBeOfType<ImageIngested>();
        }
        await postgres.Stop(ct);
        folder.Delete(recursive: true);
    }
}

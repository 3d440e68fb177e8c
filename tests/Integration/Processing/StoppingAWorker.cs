using Dlcs.Integration.Servers;
using Dlcs.Processing.Images;

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
    public async Task with_a_full_lane_takes_no_longer()
    {
        await using var shop = await Workshop.Open(postgres);
        for (var i = 0; i < 20; i++) await shop.Register(1, $"folio-{i}", "slow-600000");
        using var worker = await shop.Start();
        await shop.FetchedAtLeast(2);

        var began = TimeProvider.System.GetTimestamp();
        await worker.StopAsync(TestContext.Current.CancellationToken);

        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        (await shop.Outcomes()).ShouldBeEmpty();
    }

    [Fact]
    public void may_take_a_job_its_folder_before_the_job_has_ended()
    {
        var root = Directory.CreateTempSubdirectory("dlcs-").FullName;
        var folders = new WorkFolders(root);
        var job = folders.New();

        folders.Dispose();

        Should.NotThrow(job.Dispose);
        Directory.GetDirectories(root).ShouldBeEmpty();
        Directory.Delete(root);
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

    [Fact]
    public async Task that_waits_for_storage_takes_no_time_and_uses_up_no_try()
    {
        await using var shop = await Workshop.Open(postgres);
        var way = Path.Combine(shop.Folder, "objects", ".incoming");
        for (var stops = 1; stops <= 4; stops++)
        {
            using var worker = await shop.Start(Workshop.Quick with { StopTimeout = TimeSpan.FromSeconds(10) });
            if (Directory.Exists(way)) Directory.Delete(way);
            await File.WriteAllTextAsync(way, "in the way", TestContext.Current.CancellationToken);
            if (stops is 1) await shop.Register(1, "folio-1r", "ok");
            var waiting = stops;
            await Workshop.Until(
                () => Task.FromResult(shop.Said.Sentences.Count(s => s.Sentence.Contains("Waiting for a store"))
                    >= waiting),
                "waiting");
            var began = TimeProvider.System.GetTimestamp();
            await worker.StopAsync(TestContext.Current.CancellationToken);
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(5));
            File.Delete(way);
        }

        (await shop.Outcomes()).ShouldBeEmpty();
        await shop.Start();
        (await shop.Outcomes(1)).ShouldHaveSingleItem().ShouldBeOfType<Dlcs.Kernel.Events.ImageIngested>();
    }
}

using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Processing;

public sealed class KillingAWorker(Postgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task again_and_again_loses_nothing_and_does_nothing_twice()
    {
        const int images = 60;
        await using var shop = await Workshop.Open(postgres);
        for (var i = 0; i < images; i++) await shop.Register(1 + i % 3, $"folio-{i}", i % 7 is 0 ? "gone" : "slow-150");

        for (var kills = 0; kills < 4; kills++)
        {
            var before = (await shop.Fetched()).Count;
            using var worker = shop.StartProcess();
            await shop.FetchedAtLeast(before + 3 + kills);
            await worker.Kill();
        }
        using var last = shop.StartProcess();

        await shop.Outcomes(images);
        await shop.Idle();
        var outcomes = await shop.Outcomes();
        outcomes.Count.ShouldBe(images);
        outcomes.Cast<IImageEvent>().Select(e => e.Id).Distinct().Count().ShouldBe(images);
        Directory.GetFiles(Path.Combine(shop.Folder, "work"), "*", SearchOption.AllDirectories)
            .ShouldHaveSingleItem().ShouldEndWith("lock");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task has_its_work_in_other_hands_within_15_seconds(bool shared)
    {
        await using var shop = await Workshop.Open(postgres);
        using var other = shared ? shop.StartProcess(shared) : null;
        var warm = other is null ? 0 : await shop.Works(other);
        if (shared) await Task.Delay(TimeSpan.FromSeconds(4), Ct); // it leads
        using var worker = shop.StartProcess(shared);
        warm += await shop.Works(worker);
        await shop.Outcomes(warm);
        for (var i = 0; i < 8; i++) await shop.Register(1, $"folio-{i}", "slow-1500");
        List<string> begun = [];
        await Workshop.Until(async () => (begun =
        [
            .. (await shop.Fetched()).Where(f => f.Process == worker.Id).Select(f => f.Origin)
                .Where(origin => origin.EndsWith("slow-1500", StringComparison.Ordinal)),
        ]).Count >= 2, "two begun");
        await worker.Kill();
        var killed = TimeProvider.System.GetTimestamp();
        using var next = shared ? null : shop.StartProcess(shared);

        await Workshop.Until(
            async () => begun.All(
                (await shop.Fetched()).Where(f => f.Process != worker.Id).Select(f => f.Origin).Contains),
            "begun again");
        var took = TimeProvider.System.GetElapsedTime(killed);
        TestContext.Current.SendDiagnosticMessage("shared {0}: killed to begun again {1}", shared, took);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(15));
        (await shop.Outcomes(8 + warm)).Count.ShouldBe(8 + warm);
    }

    [Fact]
    public async Task by_its_own_content_ends_in_a_failure()
    {
        await using var shop = await Workshop.Open(postgres);
        await shop.Register(1, "bomb", "dies");
        for (var i = 0; i < 4; i++)
        {
            if (await shop.Outcomes() is not []) break;
            using var worker = shop.StartProcess();
            await Task.WhenAny(worker.Death(Ct), shop.Outcomes(1));
        }

        (await shop.Outcomes()).ShouldHaveSingleItem().ShouldBeOfType<ImageFailed>()
            .Reason.ShouldBe("processing it stopped the worker each time (tried 3 times)");
    }
}

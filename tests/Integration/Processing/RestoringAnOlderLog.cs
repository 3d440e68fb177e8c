using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Processing;

public sealed class RestoringAnOlderLog(Postgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_noticed_and_named_and_what_comes_afterwards_is_dispatched()
    {
        await using var shop = await Workshop.Open(postgres);
        await shop.Register(1, "before", "quick");
        using (var worker = await shop.Start())
        {
            await shop.Outcomes(1);
            await shop.Idle();
            await worker.StopAsync(Ct);
        }

        // As if the log had been longer when this was noted.
        await using (var ahead = shop.Source.CreateCommand(
            "update dlcs_processing.dispatching set position = position + 1000"))
            (await ahead.ExecuteNonQueryAsync(Ct)).ShouldBe(1);
        await shop.Register(1, "after", "quick");
        await shop.Start();

        var outcomes = await shop.Outcomes(2);
        await shop.Idle();
        outcomes.Cast<IImageEvent>().Select(e => e.Id.Name).ShouldBe(["before", "after"]);
        shop.Said.Sentences.ShouldContain(s => s.Sentence.Contains("older backup", StringComparison.Ordinal));
    }
}

using Dlcs.Integration.Log;
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

    [Theory]
    [InlineData("select 1")]
    [InlineData("alter table dlcs_processing.dispatching drop last, drop last_for")]
    [InlineData("update dlcs_processing.dispatching set last = gen_random_uuid(), last_for = last_for - 1")]
    public async Task that_has_grown_past_what_was_dispatched_is_noticed_too(string past)
    {
        await using var shop = await Workshop.Open(postgres);
        await shop.Register(1, "before", "quick");
        await shop.Start();
        await shop.Outcomes(1);
        var backup = await shop.Log.End(Ct);
        await shop.Stop();
        await using (var older = shop.Source.CreateCommand(past)) await older.ExecuteNonQueryAsync(Ct);
        foreach (var name in new[] { "lost-1", "lost-2" }) await shop.Register(1, name, "quick");
        await shop.Start();
        await shop.Outcomes(3);
        await shop.Stop();
        shop.Said.Sentences.ShouldNotContain(s => s.Sentence.Contains("older backup", StringComparison.Ordinal));

        await RestorableLog.Restore(shop.Source, backup);
        string[] after = ["a", "b", "c", "d", "e", "f"];
        foreach (var name in after) await shop.Register(1, name, "quick");
        await shop.Start();

        var outcomes = await shop.Outcomes(1 + after.Length);
        outcomes.Cast<IImageEvent>().Select(e => e.Id.Name).ShouldBe(["before", .. after], ignoreOrder: true);
        shop.Said.Sentences.ShouldContain(s => s.Sentence.Contains("older backup", StringComparison.Ordinal));
    }
}

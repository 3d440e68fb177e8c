using Dlcs.Integration.Log.Loopback;
using Dlcs.Kernel.Events.EventStore;

namespace Dlcs.Integration.Log;

/// <summary>Many appends in one call, to a server that takes its time to answer.</summary>
[Trait("profile", "cluster")]
public sealed class AppendingManyAtOnce
{
    private const int MostUnanswered = 512;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task waits_for_no_answer_until_so_many_are_owed()
    {
        var answered = new TaskCompletionSource();
        await using var server = await LoopbackServer.Start(options: new() { BatchesAreAnswered = answered.Task });
        await using var log = new GrpcEventStore(
            ConnectionString.Parse($"{server.ConnectionString}&defaultDeadline=60000"), "dlcs");
        var appends = Enumerable.Range(0, 3 * MostUnanswered).Select(_ => Appends.One()).ToList();

        var appending = log.AppendMany(appends, Ct);
        for (var tries = 0; server.Log.All().Count < MostUnanswered; tries++)
        {
            tries.ShouldBeLessThan(3_000, $"{server.Log.All().Count} were sent before the first was answered");
            await Task.Delay(10, Ct);
        }
        await Task.Delay(500, Ct); // nothing more comes
        server.Log.All().Count.ShouldBe(MostUnanswered);

        answered.SetResult();
        (await appending).ShouldAllBe(position => position != null);
        server.Log.All().Count.ShouldBe(appends.Count);
    }
}

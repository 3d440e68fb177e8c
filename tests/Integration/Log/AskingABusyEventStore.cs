using Dlcs.Integration.Log.Loopback;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;

namespace Dlcs.Integration.Log;

/// <summary>A server that has too much to do says so, and does nothing of what it was asked.</summary>
[Trait("profile", "cluster")]
public sealed class AskingABusyEventStore
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task waits_for_it()
    {
        await using var server = await LoopbackServer.Start(options: new() { IsBusy = true });
        await using var log = Open(server);
        var asked = Acts(log).Select(act => act()).ToList();

        await Task.Delay(500, Ct);
        asked.ShouldAllBe(act => !act.IsCompleted);
        server.Options.IsBusy = false;

        await Task.WhenAll(asked);
    }

    [Fact]
    public async Task does_not_wait_for_ever()
    {
        await using var server = await LoopbackServer.Start(options: new() { IsBusy = true });
        await using var log = Open(server);

        foreach (var asked in Acts(log).Select(act => act()).ToList())
            (await Should.ThrowAsync<LogUnavailableException>(asked)).Message.ShouldContain("Too Busy");
    }

    private static Func<Task>[] Acts(GrpcEventStore log) =>
    [
        () => log.Append(Appends.One(), Ct),
        () => log.AppendMany([Appends.One(), Appends.One()], Ct),
        () => log.ReadMany([Appends.One().Stream], Ct),
        () => log.ReadAll(Position.Start, 10, Ct),
        () => log.End(Ct),
    ];

    private static GrpcEventStore Open(LoopbackServer server) =>
        new(ConnectionString.Parse(server.ConnectionString), "dlcs");
}

using Dlcs.Integration.Log.Loopback;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;

namespace Dlcs.Integration.Log;

/// <summary>A server that says between its answers what the protocol has for others, or will have one day.</summary>
[Trait("profile", "cluster")]
public sealed class HearingMoreThanItKnows
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task changes_no_answer()
    {
        await using var server = await LoopbackServer.Start();
        await using var chatty = await LoopbackServer.Start(server.Log, new() { Chatters = true });
        await using var plain = Open(server);
        await using var log = Open(chatty);
        var appends = Enumerable.Range(0, 5).Select(_ => Appends.One()).ToList();
        var positions = (await log.AppendMany(appends, Ct)).Select(p => p.ShouldNotBeNull()).ToList();
        var missing = Appends.One().Stream;

        foreach (var ask in (Func<GrpcEventStore, Task<IEnumerable<object>>>[])
        [
            async from => [await from.Identity(Ct)],
            async from => [await from.End(Ct)],
            async from => (await from.ReadAll(Position.Start, 3, Ct)).Entries.Select(e => (object)e.Position),
            async from => [(await from.ReadAll(positions[1], 10, Ct)).Through],
            async from => (await from.ReadMany([.. appends.Select(a => a.Stream), missing], Ct))
                .Select(stream => string.Join(' ', stream.Select(r => r.Id))),
            async from => [(await from.ReadAt(positions[2], Ct)).ShouldNotBeNull().Recorded.Id],
            async from => [(await from.ReadLast(positions[3], Ct)).ShouldNotBeNull().Position],
        ])
        {
            var told = (await ask(log)).ToList();
            told.ShouldNotBeEmpty();
            told.ShouldBe(await ask(plain));
        }
    }

    [Fact]
    public async Task hides_nothing_from_a_subscription_and_shows_nothing_twice()
    {
        await using var server = await LoopbackServer.Start();
        await using var chatty = await LoopbackServer.Start(server.Log, new() { Chatters = true });
        await using var plain = Open(server);
        await using var log = Open(chatty);
        await plain.AppendMany([.. Enumerable.Range(0, 150).Select(_ => Appends.One())], Ct);

        await using var subscriber = new Subscriber(log, Position.Start, atMost: 10);
        await subscriber.Sees(150);
        await plain.Append(Appends.One(), Ct);
        await subscriber.Sees(151);
        chatty.BreakConnections();
        await plain.Append(Appends.One(), Ct);
        await subscriber.Sees(152);

        subscriber.Seen.Select(s => s.Entry.Position)
            .ShouldBe((await plain.ReadAll(Position.Start, 1000, Ct)).Entries.Select(e => e.Position));
    }

    private static GrpcEventStore Open(LoopbackServer server) =>
        new(ConnectionString.Parse(server.ConnectionString), "dlcs");
}

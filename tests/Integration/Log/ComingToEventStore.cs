using Dlcs.Integration.Log.Loopback;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;
using EventStoreDb.Wire;

namespace Dlcs.Integration.Log;

/// <summary>As whom, and to which node.</summary>
[Trait("profile", "cluster")]
public sealed class ComingToEventStore
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("&connectionName=reading%20room", "reading room")]
    [InlineData("", null)]
    public async Task each_call_says_what_the_connection_is_called(string option, string? name)
    {
        await using var server = await LoopbackServer.Start();
        await using var log = new GrpcEventStore(ConnectionString.Parse(server.ConnectionString + option), "dlcs");

        await log.Append(Appends.One(), Ct);
        await log.AppendMany([Appends.One()], Ct);
        await log.End(Ct);
        await using var subscriber = new Subscriber(log, Position.Start);
        await subscriber.Sees(2);

        server.Callers.Count.ShouldBeGreaterThanOrEqualTo(4);
        server.Callers.Distinct().ShouldBe([name]);
    }

    [Fact]
    public async Task who_prefers_a_read_only_replica_follows_it_and_leaves_all_else_to_the_leader()
    {
        await using var leader = await LoopbackServer.Start();
        await using var follower = await LoopbackServer.Start(leader.Log);
        await using var replica = await LoopbackServer.Start(leader.Log);
        follower.Options.LeaderPort = replica.Options.LeaderPort = leader.Port;
        leader.Options.Members = () =>
        [
            LoopbackGossip.Member(leader.Port, VNodeState.Leader),
            LoopbackGossip.Member(follower.Port, VNodeState.Follower),
            LoopbackGossip.Member(replica.Port, VNodeState.ReadOnlyReplica),
        ];
        var address = $"esdb+discover://127.0.0.1:{leader.Port}?tls=false&nodePreference=readOnlyReplica";
        await using var log = new GrpcEventStore(ConnectionString.Parse(address), "dlcs");

        await log.Append(Appends.One(), Ct);
        (await log.ReadAll(Position.Start, 10, Ct)).Entries.ShouldHaveSingleItem();
        var asked = leader.Calls;
        await using var subscriber = new Subscriber(log, Position.Start);
        await subscriber.Sees(1);

        (leader.Calls, follower.Calls, replica.Calls).ShouldBe((asked, 0, 1));
    }
}

using System.Net;
using EventStoreDb.Wire;
using Grpc.Core;

namespace Dlcs.Integration.Log.Loopback;

/// <summary>The service <c>Gossip</c>: this server, and the leader where it is another.</summary>
internal sealed class LoopbackGossip(LoopbackServer server) : Gossip.GossipBase
{
    public override Task<ClusterMembers> Read(Empty request, ServerCallContext context)
    {
        server.IsSearched();
        var members = new ClusterMembers();
        if (server.Options.Members is { } nodes)
        {
            members.Members.AddRange(nodes());
            return Task.FromResult(members);
        }
        members.Members.Add(Member(server.Port, server.Options.LeaderPort is null
            ? server.Options.State : VNodeState.Follower));
        if (server.Options.LeaderPort is { } leader) members.Members.Add(Member(leader, VNodeState.Leader));
        return Task.FromResult(members);
    }

    public static ClusterMember Member(int port, VNodeState state, bool isAlive = true) => new()
    {
        InstanceId = Spelling.Structured(Guid.CreateVersion7()),
        State = state,
        IsAlive = isAlive,
        HttpEndPoint = new() { Address = $"{IPAddress.Loopback}", Port = (uint)port },
    };
}

/// <summary>The service <c>ServerFeatures</c>.</summary>
internal sealed class LoopbackFeatures(LoopbackServer server) : ServerFeatures.ServerFeaturesBase
{
    private const string Streams = "event_store.client.streams.streams";

    public override Task<SupportedMethods> GetSupportedMethods(Empty request, ServerCallContext context)
    {
        var methods = new SupportedMethods { EventStoreServerVersion = server.Options.Version };
        foreach (var name in (string[])["append", "delete", "tombstone"])
            methods.Methods.Add(new SupportedMethod { ServiceName = Streams, MethodName = name });
        methods.Methods.Add(
            new SupportedMethod { ServiceName = Streams, MethodName = "read", Features = { "position", "events" } });
        if (server.Options.KnowsBatches)
        {
            methods.Methods.Add(new SupportedMethod
            {
                ServiceName = Streams,
                MethodName = "batchappend",
                Features = { "deadline_duration" },
            });
        }
        return Task.FromResult(methods);
    }
}

using EventStoreDb.Wire;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>Chooses among the members of a cluster.</summary>
internal static class Gossiping
{
    /// <summary>A node that lives and serves, of the wanted kind if there is one; <c>null</c>: none will do.</summary>
    public static NodeAddress? Pick(ClusterMembers cluster, NodePreference preference)
    {
        var serving = cluster.Members.Where(m => m.IsAlive && Serves(m.State)).ToArray();
        Random.Shared.Shuffle(serving);
        var best = serving.OrderBy(m => Rank(m.State, preference)).FirstOrDefault();
        if (best is null || (preference is NodePreference.Leader && best.State is not VNodeState.Leader)) return null;
        return new(best.HttpEndPoint.Address, (int)best.HttpEndPoint.Port);
    }

    private static bool Serves(VNodeState state) => state is VNodeState.Leader or VNodeState.Follower
        or VNodeState.ReadOnlyReplica or VNodeState.ReadOnlyLeaderless;

    private static int Rank(VNodeState state, NodePreference preference) => (preference, state) switch
    {
        (NodePreference.Random, _) => 0,
        (NodePreference.Leader, VNodeState.Leader) => 0,
        (NodePreference.Follower, VNodeState.Follower) => 0,
        (NodePreference.ReadOnlyReplica, VNodeState.ReadOnlyReplica) => 0,
        (NodePreference.ReadOnlyReplica, VNodeState.ReadOnlyLeaderless) => 1,
        _ => 2,
    };
}

using Dlcs.Integration.Servers;
using EventStoreDb.Wire;

namespace Dlcs.Integration.Log.Loopback;

/// <summary>
/// A cluster: nodes that serve one log and tell of each other. One of them leads; when it is lost, none does and none
/// is ready until another is elected.
/// </summary>
internal sealed class LoopbackNodes : IAsyncDisposable
{
    private readonly LoopbackLog log = new();
    private readonly LoopbackServer?[] alive;
    private readonly int[] ports;
    private volatile int leader;

    private LoopbackNodes(int count) => (alive, ports) =
        (new LoopbackServer?[count], [.. Enumerable.Range(0, count).Select(_ => Ports.Free())]);

    public static int None => -1;

    /// <summary>Which leads; <see cref="None"/> in an election.</summary>
    public int Leads => leader;

    public IReadOnlyList<LoopbackServer?> Nodes => alive;

    /// <summary>All its nodes are named in it.</summary>
    public string ConnectionString =>
        $"esdb://{string.Join(',', ports.Select(p => $"127.0.0.1:{p}"))}?tls=false&discoveryInterval=20";

    public static async Task<LoopbackNodes> Begin(int count = 3)
    {
        var nodes = new LoopbackNodes(count);
        for (var n = 0; n < count; n++) await nodes.Start(n);
        nodes.Elect(0);
        return nodes;
    }

    /// <summary>Kills the leader.</summary>
    /// <param name="noticed">Whether the others know at once.</param>
    /// <returns>Which it was.</returns>
    public async Task<int> Lose(bool noticed = true)
    {
        var lost = leader;
        var server = alive[lost]!;
        alive[lost] = null;
        if (noticed) leader = None;
        Tell();
        await server.DisposeAsync();
        return lost;
    }

    public void Elect(int node)
    {
        leader = node;
        Tell();
    }

    /// <summary>Starts a node, again where it was.</summary>
    public async Task Start(int node)
    {
        alive[node] = await LoopbackServer.Start(log, new() { Members = Members, Ready = false }, ports[node]);
        Tell();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in alive)
            if (server is not null) await server.DisposeAsync();
    }

    private void Tell()
    {
        var leads = leader;
        foreach (var (n, server) in alive.Index())
        {
            if (server is null) continue;
            server.Options.LeaderPort = leads == None || leads == n ? null : ports[leads];
            server.Options.Ready = leads != None;
        }
    }

    /// <summary>Who died is told of for a while, as what it was.</summary>
    private IEnumerable<ClusterMember> Members() => ports.Index().Select(node => LoopbackGossip.Member(
        node.Item,
        alive[node.Index] is null ? VNodeState.Leader
        : leader == None ? VNodeState.UnknownState
        : leader == node.Index ? VNodeState.Leader : VNodeState.Follower,
        alive[node.Index] is not null || leader == node.Index));
}

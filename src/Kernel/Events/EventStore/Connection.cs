using System.Text;
using EventStoreDb.Wire;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>
/// The way to EventStoreDB, whichever node is the one to ask just now: found by gossip where the address says so, and
/// wherever a node says that another one leads.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly EventStoreAddress address;
    private readonly ILogger logger;
    private readonly Grpc.Core.Metadata headers;
    private readonly Dictionary<NodeAddress, Node> nodes = [];
    private readonly Lock access = new();
    private Task<Node>? current;

    /// <exception cref="FormatException">A file of certificates cannot be read.</exception>
    public Connection(EventStoreAddress address, ILogger logger)
    {
        (this.address, this.logger, headers) = (address, logger, Headers(address));
        Ailment = new($"The log at {address}", logger, TimeProvider.System);
        foreach (var host in address.Hosts) At(host);
    }

    /// <summary>How long an answer, or the next piece of one, may take.</summary>
    public TimeSpan Deadline => address.Deadline;

    public Ailment Ailment { get; }

    /// <summary>Whether a leader may be lost and the next not be known yet: then it passes by itself.</summary>
    public bool MayElect(Exception e) => address.Discover && e is RpcException rpc && Failures.IsRefused(rpc);

    /// <summary>Asks the node that is the one to ask; another one where there is no way to that.</summary>
    /// <param name="ct">Ends the call; whose end says nothing of the node then.</param>
    /// <exception cref="LogUnavailableException">No node could be found.</exception>
    /// <exception cref="RpcException">What came of it; or no node leads now.</exception>
    public async Task<T> Ask<T>(Func<Node, Task<T>> call, CancellationToken ct)
    {
        for (var tried = 1; ; tried++)
        {
            var began = Ailment.Now;
            var node = await Found();
            try
            {
                var answer = await call(node);
                Ailment.Answers(began);
                return answer;
            }
            catch (RpcException e) when (!ct.IsCancellationRequested)
            {
                var told = Leave(node, e);
                var another = address.Discover || node.At != address.Hosts[0];
                if (tried > 1 || !another || !Failures.IsUnreached(e)) throw told;
            }
        }
    }

    /// <summary>The node to ask; it is told of what comes of it by <see cref="Leave"/>.</summary>
    /// <exception cref="LogUnavailableException">No node could be found.</exception>
    /// <exception cref="RpcException">No node leads now.</exception>
    private Task<Node> Current()
    {
        lock (access) return current is null or { IsFaulted: true } ? current = Choose() : current;
    }

    /// <summary>
    /// The same; nobody waits for a search through silent hosts to its end, which whoever asks later finds further on.
    /// </summary>
    private async Task<Node> Found()
    {
        try
        {
            return await Current().WaitAsync(Deadline);
        }
        catch (TimeoutException)
        {
            throw Failures.NotReady($"no node of {address} has answered yet");
        }
    }

    /// <summary>After a failure: goes to the leader that was named, or looks for a node again.</summary>
    /// <returns>What to throw.</returns>
    public Exception Leave(Node node, RpcException e)
    {
        if (Failures.IsAilment(e)) Ailment.Meets(Failures.Reason(e));
        lock (access)
        {
            if (current is not { IsCompletedSuccessfully: true } || node != Known(current)) return Failures.Told(e);
            if (Failures.Leader(e) is { } leader && leader != node.At)
            {
                logger.LogInformation("The log is led by {Leader} now, not by {Node}", leader, node.At);
                current = Task.FromResult(At(leader));
            }
            else if (Failures.Passes(e))
            {
                current = null;
            }
        }
        return Failures.Told(e);

        static Node Known(Task<Node> task) => task.GetAwaiter().GetResult();
    }

    /// <summary>How a call is made; it may take until it is cancelled, or <paramref name="atMost"/>.</summary>
    public CallOptions Options(CancellationToken ct, TimeSpan? atMost = null) => new(
        headers, atMost is { } time ? TimeProvider.System.GetUtcNow().UtcDateTime + time : null, ct);

    public void Dispose()
    {
        lock (access)
        {
            foreach (var node in nodes.Values) node.Dispose();
        }
    }

    private Node At(NodeAddress at)
    {
        lock (access) return nodes.TryGetValue(at, out var node) ? node : nodes[at] = new(at, address);
    }

    private Task<Node> Choose() => address.Discover ? Discover() : Task.FromResult(At(address.Hosts[0]));

    private async Task<Node> Discover()
    {
        var (last, heard) = ((Exception?)null, false);
        for (var attempt = 1; attempt <= address.DiscoverAttempts; attempt++)
        {
            if (attempt > 1) await Task.Delay(address.DiscoveryInterval);
            foreach (var seed in Random.Shared.GetItems([.. address.Hosts], address.Hosts.Count).Union(address.Hosts))
            {
                try
                {
                    var members = await At(seed).Gossip.ReadAsync(
                        new Empty(), Options(CancellationToken.None, address.GossipTimeout));
                    heard = true;
                    if (Gossiping.Pick(members, address.Preference) is { } picked) return At(picked);
                }
                catch (RpcException e)
                {
                    last = e;
                }
            }
        }
        Exception away = !heard && last is not null
            ? Failures.Unavailable(last) : Failures.NotReady($"no node of {address} is a {address.Preference} now");
        Ailment.Meets(Failures.Reason(away));
        throw away;
    }

    private static Grpc.Core.Metadata Headers(EventStoreAddress address)
    {
        var headers = new Grpc.Core.Metadata
        {
            { "requires-leader", $"{address.Preference is NodePreference.Leader}" },
        };
        if (address.ConnectionName is { } name) headers.Add("connection-name", name);
        if (address is { User: { } user, Password: { } password })
            headers.Add("authorization",
                $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}");
        return headers;
    }
}

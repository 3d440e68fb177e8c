using System.Globalization;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>Which node of a cluster is followed.</summary>
public enum NodePreference { Leader, Follower, Random, ReadOnlyReplica }

/// <summary>A host and its port.</summary>
public readonly record struct NodeAddress(string Host, int Port)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}

/// <summary>
/// Where EventStoreDB is and how it is spoken to: what a connection string says (<see cref="ConnectionString"/>).
/// </summary>
public sealed record EventStoreAddress
{
    /// <summary>One node, or those that are asked who is in the cluster.</summary>
    public required IReadOnlyList<NodeAddress> Hosts { get; init; }

    /// <summary>Whether <see cref="Hosts"/> are asked by gossip for the node to use.</summary>
    public bool Discover { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public bool Tls { get; init; } = true;

    /// <summary>Whether the server's certificate must be one that is trusted here.</summary>
    public bool VerifyCertificate { get; init; } = true;

    /// <summary>A PEM file of the authorities that are trusted instead of the system's.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>A PEM file of the certificate that this client shows, with <see cref="UserKeyFile"/>.</summary>
    public string? UserCertificateFile { get; init; }

    public string? UserKeyFile { get; init; }

    /// <summary>What the server calls this client.</summary>
    public string? ConnectionName { get; init; }

    public NodePreference Preference { get; init; }

    /// <summary>How often all <see cref="Hosts"/> are asked in one search for a node; who waits for one may begin
    /// another.</summary>
    public int DiscoverAttempts { get; init; } = 10;

    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan GossipTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an answer, or the next piece of one, may take.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often an idle connection is tried; <see cref="Timeout.InfiniteTimeSpan"/>: never.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When a connection that was tried counts as lost.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Without user and password: it goes into logs.</summary>
    public override string ToString() =>
        $"{(Tls ? "https" : "http")}://{string.Join(',', Hosts)}{(Discover ? " (by gossip)" : "")}";

    /// <exception cref="FormatException">A file of certificates cannot be read.</exception>
    public EventStoreAddress Checked()
    {
        _ = Certificates.Of(this);
        return this;
    }

    internal Uri Url(NodeAddress node) => new($"{(Tls ? "https" : "http")}://{node}");
}

using System.Net;

namespace Dlcs.Processing.Fetching;

/// <summary>How origins are fetched. Every wait and every size has an end.</summary>
public sealed record FetchSettings
{
    /// <summary>Lifts the rule that an origin is at a public address. For those who know their clients.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>Networks that may be reached although they are not public, such as an image server's own.</summary>
    public IReadOnlyList<IPNetwork> PrivateNetworks { get; init; } = [];

    /// <summary>Goes through this HTTP proxy, which then resolves names and says what may be reached. None: direct,
    /// whatever the environment says.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Bytes of one origin.</summary>
    public long MaxBytes { get; init; } = 4L << 30;

    public int MaxRedirects { get; init; } = 5;

    /// <summary>Transfers of one origin: the first, and as many resumptions as this leaves.</summary>
    public int MaxTransfers { get; init; } = 5;

    /// <summary>Before the first resumption; twice that before the second, and so on.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Until there is a connection, TLS included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the request to the end of the answer's headers, for each hop.</summary>
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Within which <see cref="StallBytes"/> more must have come, or all there is.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Less in that time is a trickle, which would hold a worker for nothing.</summary>
    public int StallBytes { get; init; } = 64 << 10;

    /// <summary>For all of it: hops, resumptions and pauses.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(30);

    public string UserAgent { get; init; } = "Dlcs/1.0";

    /// <summary>Finds the addresses of a host.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Whether a connection to that address is allowed.</summary>
    public bool MayReach(IPAddress address) =>
        AllowPrivateAddresses || Addresses.IsPublic(address) || PrivateNetworks.Any(n => n.Contains(address));
}

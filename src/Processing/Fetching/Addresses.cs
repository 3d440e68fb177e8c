using System.Net;
using System.Net.Sockets;

namespace Dlcs.Processing.Fetching;

/// <summary>Which addresses belong to the public internet: a stranger's origin may be there and nowhere else.</summary>
public static class Addresses
{
    /// <summary>https://www.iana.org/assignments/iana-ipv4-special-registry, and multicast.</summary>
    private static readonly IPNetwork[] Special4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this network
        IPNetwork.Parse("10.0.0.0/8"), // private
        IPNetwork.Parse("100.64.0.0/10"), // behind a carrier's NAT
        IPNetwork.Parse("127.0.0.0/8"), // loopback
        IPNetwork.Parse("169.254.0.0/16"), // link-local: metadata of cloud machines
        IPNetwork.Parse("172.16.0.0/12"), // private
        IPNetwork.Parse("192.0.0.0/24"), // protocol assignments
        IPNetwork.Parse("192.0.2.0/24"), // documentation
        IPNetwork.Parse("192.88.99.0/24"), // relays of 6to4
        IPNetwork.Parse("192.168.0.0/16"), // private
        IPNetwork.Parse("198.18.0.0/15"), // benchmarks
        IPNetwork.Parse("198.51.100.0/24"), // documentation
        IPNetwork.Parse("203.0.113.0/24"), // documentation
        IPNetwork.Parse("224.0.0.0/4"), // multicast
        IPNetwork.Parse("240.0.0.0/4"), // reserved, broadcast
    ];

    /// <summary>All that is public unicast today is in here; the rest of IPv6 is special or not given out.</summary>
    private static readonly IPNetwork Unicast6 = IPNetwork.Parse("2000::/3");

    /// <summary>https://www.iana.org/assignments/iana-ipv6-special-registry, as far as it is in 2000::/3.</summary>
    private static readonly IPNetwork[] Special6 =
    [
        IPNetwork.Parse("2001::/23"), // protocol assignments: Teredo, benchmarks, ORCHID
        IPNetwork.Parse("2001:db8::/32"), // documentation
        IPNetwork.Parse("2002::/16"), // 6to4: an IPv4 address in disguise
        IPNetwork.Parse("3fff::/20"), // documentation
    ];

    /// <summary>RFC 6052: a NAT64 gateway turns it into the IPv4 address in its last four bytes.</summary>
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether it is public unicast. An IPv4 address within an IPv6 one is judged as what it is.</summary>
    public static bool IsPublic(IPAddress address) => address switch
    {
        { AddressFamily: AddressFamily.InterNetwork } => !Special4.Any(n => n.Contains(address)),
        { IsIPv4MappedToIPv6: true } => IsPublic(address.MapToIPv4()),
        { AddressFamily: AddressFamily.InterNetworkV6 } when Nat64.Contains(address) =>
            IsPublic(new IPAddress(address.GetAddressBytes().AsSpan(12))),
        { AddressFamily: AddressFamily.InterNetworkV6 } =>
            Unicast6.Contains(address) && !Special6.Any(n => n.Contains(address)),
        _ => false,
    };
}

using System.Globalization;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>
/// Reads connection strings as the official clients do:
/// <c>scheme://[user:password@]host[:port][,host[:port]…][/][?key=value&amp;…]</c>. What is wrong is said without
/// repeating the whole, which may hold a password.
/// </summary>
public static class ConnectionString
{
    private const int DefaultPort = 2113;

    private static readonly string[] Schemes = ["esdb", "kdb", "kurrent", "kurrentdb"];

    /// <summary>Whether it begins as one.</summary>
    public static bool Is(string text) =>
        Schemes.Any(s => text.StartsWith(s + "://", StringComparison.Ordinal)
            || text.StartsWith(s + "+discover://", StringComparison.Ordinal));

    /// <exception cref="FormatException">One sentence on the first thing that is wrong.</exception>
    public static EventStoreAddress Parse(string text)
    {
        if (!Is(text)) throw new FormatException("it does not begin with esdb://, kurrentdb://, kdb:// or kurrent://");

        var begin = text.IndexOf("://", StringComparison.Ordinal);
        var rest = text[(begin + 3)..];
        var (beforeQuery, query) = Cut(rest, '?');
        var (authority, path) = Cut(beforeQuery, '/');
        if (query?.Contains('@') is true || path?.Contains('@') is true)
        {
            throw new FormatException("an @ stands behind the first / or ?: user and password may have neither, "
                + "and a value writes it %40");
        }
        if (path is not (null or "")) throw new FormatException("it has a path");

        var (user, password, hosts) = Authority(authority);
        var address = new EventStoreAddress
        {
            Hosts = hosts,
            Discover = hosts.Count > 1 || text[..begin].EndsWith("+discover", StringComparison.Ordinal),
            User = user,
            Password = password,
        };
        address = Options(query ?? "").Aggregate(address, ConnectionOptions.With);
        return address.UserCertificateFile is null == address.UserKeyFile is null ? address
            : throw new FormatException("userCertFile and userKeyFile go together: give both or neither");
    }

    private static (string? User, string? Password, IReadOnlyList<NodeAddress> Hosts) Authority(string text) =>
        text.Split('@') switch
        {
            [var hosts] => (null, null, Hosts(hosts)),
            [var info, var hosts] => info.Split(':') is [{ Length: > 0 } user, { Length: > 0 } password]
                ? (user, password, Hosts(hosts))
                : throw new FormatException("what stands before the @ is not user:password"),
            _ => throw new FormatException("it has more than one @; neither user nor password may have one"),
        };

    private static List<NodeAddress> Hosts(string text) => [.. text.Split(',').Select(Host)];

    private static NodeAddress Host(string text) => text.Split(':') switch
    {
        [{ Length: > 0 } host] when IsHost(host) => new(host, DefaultPort),
        [{ Length: > 0 } host, var port] when IsHost(host) && Port(port) is { } number => new(host, number),
        _ => throw new FormatException(
            "a host is not one, or its port is none from 1 to 65535 (an IPv6 address needs a name)"),
    };

    private static bool IsHost(string text) => Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4;

    private static int? Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port is > 0 and <= ushort.MaxValue ? port : null;

    private static IEnumerable<(string Key, string Value)> Options(string query)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var option in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Cut(option, '=') is not ({ Length: > 0 } key, { } value))
                throw new FormatException("behind the ? something is not key=value");
            if (!seen.Add(key)) throw new FormatException($"{key} is given twice");
            yield return (key, value);
        }
    }

    private static (string Before, string? Behind) Cut(string text, char at) =>
        text.IndexOf(at, StringComparison.Ordinal) is >= 0 and var i ? (text[..i], text[(i + 1)..]) : (text, null);
}

using System.Globalization;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>The keys of a connection string, whatever their case.</summary>
internal static class ConnectionOptions
{
    /// <exception cref="FormatException">The key is unknown, or its value is none.</exception>
    public static EventStoreAddress With(EventStoreAddress address, (string Key, string Value) option)
    {
        var (key, value) = option;
        return key.ToUpperInvariant() switch
        {
            "TLS" => address with { Tls = Flag(key, value) },
            "TLSVERIFYCERT" => address with { VerifyCertificate = Flag(key, value) },
            "TLSCAFILE" => address with { AuthorityFile = Text(key, value) },
            "USERCERTFILE" => address with { UserCertificateFile = Text(key, value) },
            "USERKEYFILE" => address with { UserKeyFile = Text(key, value) },
            "CONNECTIONNAME" => address with { ConnectionName = Ascii(key, value) },
            "NODEPREFERENCE" => address with { Preference = Preference(key, value) },
            "MAXDISCOVERATTEMPTS" => address with { DiscoverAttempts = Number(key, value, 1) },
            "DISCOVERYINTERVAL" => address with { DiscoveryInterval = Time(key, value, 0) },
            "GOSSIPTIMEOUT" => address with { GossipTimeout = Time(key, value, 1) },
            "DEFAULTDEADLINE" => address with { Deadline = Time(key, value, 1) },
            "KEEPALIVEINTERVAL" => address with { KeepAliveInterval = TimeOrNever(key, value) },
            "KEEPALIVETIMEOUT" => address with { KeepAliveTimeout = TimeOrNever(key, value) },
            "THROWONAPPENDFAILURE" => Flag(key, value) ? address : address, // a conflict is an answer here anyway
            _ => throw new FormatException($"the key '{key}' is unknown"),
        };
    }

    private static FormatException Wrong(string key, string value, string right) =>
        new($"{key} is '{value}', but must be {right}");

    private static bool Flag(string key, string value) =>
        bool.TryParse(value, out var flag) ? flag : throw Wrong(key, value, "true or false");

    private static string Text(string key, string value) =>
        value is not "" ? Uri.UnescapeDataString(value) : throw new FormatException($"{key} has no value");

    private static string Ascii(string key, string value) =>
        Text(key, value) is var text && text.All(c => c is >= ' ' and <= '~')
            ? text : throw Wrong(key, value, "printable ASCII: it goes into a header");

    private static int Number(string key, string value, int least) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number : throw Wrong(key, value, least is 0 ? "a number" : "a number from 1 up");

    private static TimeSpan Time(string key, string value, int least) =>
        TimeSpan.FromMilliseconds(Number(key, value, least));

    private static TimeSpan TimeOrNever(string key, string value) =>
        value is "-1" ? Timeout.InfiniteTimeSpan : Time(key, value, 1);

    private static NodePreference Preference(string key, string value) => value.ToUpperInvariant() switch
    {
        "LEADER" => NodePreference.Leader,
        "FOLLOWER" => NodePreference.Follower,
        "RANDOM" => NodePreference.Random,
        "READONLYREPLICA" => NodePreference.ReadOnlyReplica,
        _ => throw Wrong(key, value, "leader, follower, random or readOnlyReplica"),
    };
}

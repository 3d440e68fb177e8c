using Dlcs.Kernel.Events.EventStore;

namespace Dlcs.Unit.Kernel;

public sealed class ReadingConnectionStrings
{
    [Theory]
    [InlineData("esdb://localhost", false)]
    [InlineData("kdb://localhost", false)]
    [InlineData("kurrent://localhost/", false)]
    [InlineData("kurrentdb://localhost?tls=true", false)]
    [InlineData("esdb+discover://localhost", true)]
    [InlineData("kdb+discover://localhost", true)]
    [InlineData("kurrent+discover://localhost", true)]
    [InlineData("kurrentdb+discover://localhost/?tls=true", true)]
    [InlineData("esdb://localhost,localhost", true)]
    public void knows_the_schemes_of_both_generations_and_when_to_ask_around(string text, bool discover)
    {
        ConnectionString.Is(text).ShouldBeTrue();
        var address = ConnectionString.Parse(text);

        address.Discover.ShouldBe(discover);
        address.Hosts.ShouldAllBe(h => h == new NodeAddress("localhost", 2113));
        address.Tls.ShouldBeTrue();
    }

    [Fact]
    public void has_the_defaults_of_the_official_clients()
    {
        var address = ConnectionString.Parse("esdb://localhost");

        address.Hosts.ShouldBe([new("localhost", 2113)]);
        (address.Tls, address.VerifyCertificate, address.Discover).ShouldBe((true, true, false));
        (address.User, address.Password, address.ConnectionName).ShouldBe((null, null, null));
        address.Preference.ShouldBe(NodePreference.Leader);
        address.DiscoverAttempts.ShouldBe(10);
        Milliseconds(address.DiscoveryInterval, address.GossipTimeout).ShouldBe([100, 5000]);
        Milliseconds(address.Deadline, address.KeepAliveInterval, address.KeepAliveTimeout)
            .ShouldBe([10_000, 10_000, 10_000]);
    }

    [Fact]
    public void takes_every_key_whatever_its_case()
    {
        var address = ConnectionString.Parse(
            "esdb://admin:changeit@a.example.org:1111,10.0.0.2,c:3333/?TLS=false&tlsVerifyCert=false"
            + "&tlsCaFile=%2Fca.pem&userCertFile=/user.crt&userKeyFile=/user.key&connectionName=dlcs%40here"
            + "&maxDiscoverAttempts=3&DiscoveryInterval=50&gossiptimeout=700&nodePreference=readOnlyReplica"
            + "&defaultDeadline=2000&keepAliveInterval=-1&keepAliveTimeout=5000&throwOnAppendFailure=false");

        address.Hosts.ShouldBe([new("a.example.org", 1111), new("10.0.0.2", 2113), new("c", 3333)]);
        (address.User, address.Password).ShouldBe(("admin", "changeit"));
        (address.Tls, address.VerifyCertificate, address.Discover).ShouldBe((false, false, true));
        (address.AuthorityFile, address.UserCertificateFile, address.UserKeyFile)
            .ShouldBe(("/ca.pem", "/user.crt", "/user.key"));
        address.ConnectionName.ShouldBe("dlcs@here");
        (address.DiscoverAttempts, address.Preference).ShouldBe((3, NodePreference.ReadOnlyReplica));
        Milliseconds(address.DiscoveryInterval, address.GossipTimeout, address.Deadline, address.KeepAliveTimeout)
            .ShouldBe([50, 700, 2000, 5000]);
        address.KeepAliveInterval.ShouldBe(Timeout.InfiniteTimeSpan);
    }

    [Theory]
    [InlineData("leader", NodePreference.Leader)]
    [InlineData("Follower", NodePreference.Follower)]
    [InlineData("RANDOM", NodePreference.Random)]
    [InlineData("readonlyreplica", NodePreference.ReadOnlyReplica)]
    public void knows_whom_to_prefer(string text, NodePreference preference) =>
        ConnectionString.Parse($"esdb://localhost?nodePreference={text}").Preference.ShouldBe(preference);

    [Fact]
    public void takes_user_and_password_as_they_stand() =>
        ConnectionString.Parse("esdb://admin:100%25@localhost").Password.ShouldBe("100%25");

    [Theory]
    [InlineData("http://localhost", "begin")]
    [InlineData("esdb:/localhost", "begin")]
    [InlineData("ESDB://localhost", "begin")]
    [InlineData("kurrentdb+frob://localhost", "begin")]
    [InlineData("esdb://", "host")]
    [InlineData("esdb://a,,b", "host")]
    [InlineData("esdb://a b", "host")]
    [InlineData("esdb://localhost:0", "port")]
    [InlineData("esdb://localhost:65536", "port")]
    [InlineData("esdb://localhost:+1", "port")]
    [InlineData("esdb://[::1]:2113", "IPv6")]
    [InlineData("esdb://localhost/path", "path")]
    [InlineData("esdb://admin@localhost", "user:password")]
    [InlineData("esdb://admin:@localhost", "user:password")]
    [InlineData("esdb://:secret@localhost", "user:password")]
    [InlineData("esdb://a:b:c@localhost", "user:password")]
    [InlineData("esdb://a:b@c@localhost", "@")]
    [InlineData("esdb://localhost?frob=1", "frob")]
    [InlineData("esdb://localhost?tls", "key=value")]
    [InlineData("esdb://localhost?=1", "key=value")]
    [InlineData("esdb://localhost?tls=true&TLS=true", "twice")]
    [InlineData("esdb://localhost?tls=yes", "true or false")]
    [InlineData("esdb://localhost?maxDiscoverAttempts=0", "from 1 up")]
    [InlineData("esdb://localhost?gossipTimeout=-1", "gossipTimeout")]
    [InlineData("esdb://localhost?keepAliveInterval=-2", "keepAliveInterval")]
    [InlineData("esdb://localhost?nodePreference=anyone", "follower")]
    [InlineData("esdb://localhost?userCertFile=/user.crt", "together")]
    [InlineData("esdb://localhost?userKeyFile=/user.key", "together")]
    [InlineData("esdb://localhost?tlsCaFile=", "no value")]
    [InlineData("esdb://localhost?connectionName=%C3%A9", "ASCII")]
    public void says_what_is_wrong(string text, string about) =>
        Should.Throw<FormatException>(() => ConnectionString.Parse(text)).Message.ShouldContain(about);

    [Fact]
    public void says_where_it_is_without_who_asks() =>
        ConnectionString.Parse("esdb+discover://admin:sesame@a,b:2?tls=false").ToString()
            .ShouldBe("http://a:2113,b:2 (by gossip)");

    private static IEnumerable<int> Milliseconds(params TimeSpan[] times) =>
        times.Select(t => (int)t.TotalMilliseconds);
}

using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dlcs.Integration.Log.Loopback;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;

namespace Dlcs.Integration.Log;

/// <summary>Who EventStoreDB is, and who asks it: over TLS, with passwords and certificates.</summary>
[Trait("profile", "cluster")]
public sealed class TrustingEventStore : IDisposable
{
    private readonly Certificates authority = new();
    private readonly Certificates another = new();
    private readonly string folder = Directory.CreateTempSubdirectory("dlcs-certificates-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        authority.Dispose();
        another.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task believes_whom_the_named_authority_signed()
    {
        using var certificate = authority.For(IPAddress.Loopback);
        await using var server = await LoopbackServer.Start(options: new() { Certificate = certificate });
        await using var log = Open(server, $"&tlsCaFile={authority.File}");

        await MayDoAll(log);
        await using var subscriber = new Subscriber(log, Position.Start);
        await subscriber.Sees(2);
    }

    [Fact]
    public async Task believes_anybody_where_nothing_is_to_be_verified()
    {
        using var certificate = another.For(IPAddress.Parse("10.0.0.1"));
        await using var server = await LoopbackServer.Start(options: new() { Certificate = certificate });
        await using var log = Open(server, "&tlsVerifyCert=false");

        await MayDoAll(log);
    }

    [Theory]
    [InlineData("127.0.0.1", false, "chain")]
    [InlineData("127.0.0.1", true, "chain")]
    [InlineData("10.0.0.1", true, "NameMismatch")]
    public async Task says_of_others_what_is_wrong_with_their_certificate(string address, bool named, string sentence)
    {
        using var certificate = (address is "127.0.0.1" ? another : authority).For(IPAddress.Parse(address));
        await using var server = await LoopbackServer.Start(options: new() { Certificate = certificate });
        await using var log = Open(server, named ? $"&tlsCaFile={authority.File}" : "");

        foreach (var refused in await Refusals(log))
        {
            refused.Message.ShouldContain("certificate");
            refused.Message.ShouldContain(sentence);
        }
        server.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task shows_its_own_certificate_where_one_is_demanded()
    {
        using var certificate = authority.For(IPAddress.Loopback);
        var shown = new List<string>();
        await using var server = await LoopbackServer.Start(options: new()
        {
            Certificate = certificate,
            Demands = client =>
            {
                lock (shown) shown.Add(client.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
                return authority.Signed(client);
            },
        });
        var (user, key) = authority.For("dlcs", folder);
        var (stranger, strangersKey) = another.For("stranger", folder);
        await using var log = Open(server, $"&tlsCaFile={authority.File}&userCertFile={user}&userKeyFile={key}");
        await using var nobody = Open(server, $"&tlsCaFile={authority.File}");
        await using var other = Open(
            server, $"&tlsCaFile={authority.File}&userCertFile={stranger}&userKeyFile={strangersKey}");

        await MayDoAll(log);
        shown.Distinct().ShouldBe(["dlcs"]);
        await Refusals(nobody);
        await Refusals(other);
        shown.Distinct().ShouldBe(["dlcs", "stranger"]);
    }

    [Fact]
    public async Task does_not_speak_in_the_clear_with_who_speaks_tls_nor_the_other_way_round()
    {
        using var certificate = authority.For(IPAddress.Loopback);
        await using var secret = await LoopbackServer.Start(options: new() { Certificate = certificate });
        await using var clear = await LoopbackServer.Start();
        await using var one = new GrpcEventStore(
            ConnectionString.Parse($"esdb://127.0.0.1:{secret.Port}?tls=false"), "dlcs");
        await using var other = new GrpcEventStore(
            ConnectionString.Parse($"esdb://127.0.0.1:{clear.Port}?tlsCaFile={authority.File}"), "dlcs");

        await Refusals(one);
        await Refusals(other);
        (secret.Calls, clear.Calls).ShouldBe((0, 0));
    }

    /// <summary>User and password go with each call; what is said of them repeats neither.</summary>
    [Fact]
    public async Task shows_its_password_each_time_and_repeats_it_nowhere()
    {
        using var certificate = authority.For(IPAddress.Loopback);
        await using var server = await LoopbackServer.Start(
            options: new() { Certificate = certificate, Only = ("dlcs", "sésame-7") });
        await using var log = Open(server, $"&tlsCaFile={authority.File}", "dlcs:sésame-7@");
        await MayDoAll(log);
        await using var subscriber = new Subscriber(log, Position.Start);
        await subscriber.Sees(2);

        server.Options.Only = ("dlcs", "another");
        server.BreakConnections();
        foreach (var refused in await Refusals(log))
        {
            refused.Message.ShouldContain("user and password");
            refused.ToString().ShouldNotContain("sésame-7");
            refused.ToString().ShouldNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes("dlcs:sésame-7")));
        }

        server.Options.Only = ("dlcs", "sésame-7");
        await MayDoAll(log);
        await subscriber.Sees(4);
    }

    private static GrpcEventStore Open(LoopbackServer server, string more, string user = "") => new(
        ConnectionString.Parse($"esdb://{user}127.0.0.1:{server.Port}?tls=true{more}"), "dlcs");

    private static async Task MayDoAll(GrpcEventStore log)
    {
        foreach (var act in Acts(log)) await act();
    }

    private static async Task<IReadOnlyList<LogUnavailableException>> Refusals(GrpcEventStore log)
    {
        var refused = new List<LogUnavailableException>();
        foreach (var act in Acts(log)) refused.Add(await Should.ThrowAsync<LogUnavailableException>(act));
        return refused;
    }

    private static Func<Task>[] Acts(GrpcEventStore log) =>
    [
        () => log.Append(Appends.One(), Ct),
        () => log.AppendMany([Appends.One()], Ct),
        () => log.ReadMany([Appends.One().Stream], Ct),
        () => log.ReadAll(Position.Start, 10, Ct),
        () => log.End(Ct),
    ];
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Dlcs.Integration.Log.Loopback;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;

namespace Dlcs.Integration.Log.OfficialClient;

/// <summary>
/// The official client of EventStoreDB finds the loopback server to be one: appends, conflicts, reads both ways,
/// filters, subscriptions. So adapter and loopback server cannot agree on the same mistake. And it reads what the
/// adapter wrote. Where DLCS_TEST_EVENTSTORE names a real server, that one is driven too.
/// </summary>
[Trait("profile", "cluster")]
public sealed class DrivingAServer
{
    private static readonly string? Real = Environment.GetEnvironmentVariable("DLCS_TEST_EVENTSTORE");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Versions to be like, and whether by them appends go in batches; none: a real server.</summary>
    public static TheoryData<string?, bool> Servers
    {
        get
        {
            var servers = new TheoryData<string?, bool>
            {
                { "23.10.8", true }, { "23.10.8", false }, { "24.10.14", true },
            };
            if (Real is not null) servers.Add(null, true);
            return servers;
        }
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task is_a_matter_of_course(string? version, bool knowsBatches)
    {
        Assert.SkipUnless(NodeFolder.IsThere, NodeFolder.Missing);
        await using var server = await LoopbackServer.Start(
            options: new() { Version = version ?? "none", KnowsBatches = knowsBatches });
        var connection = version is null ? Real! : server.ConnectionString;
        var prefix = $"o{Guid.CreateVersion7():N}";
        await using var log = new GrpcEventStore(ConnectionString.Parse(connection), prefix);
        var append = Appends.One();
        await log.Append(append, Ct);

        var (exit, said) = await NodeFolder.Run(
            await NodeFolder.Install(), "node", ["drive.mjs", connection, prefix, $"{prefix}:{append.Stream}"], Ct);

        exit.ShouldBe(0, said);
        var read = JsonNode.Parse(said)!;
        var written = append.Seal().Single();
        ((Guid)read["id"]!, (string?)read["type"], (bool)read["isJson"]!).ShouldBe((written.Id, written.Type, true));
        JsonNode.DeepEquals(read["data"], JsonNode.Parse(written.Data)).ShouldBeTrue(said);
        var metadata = read["metadata"].Deserialize(EventJson.Default.SealedMetadata)!;
        (metadata.Command, metadata.Correlation).ShouldBe((append.Metadata.Command, append.Metadata.Correlation));
        Sealing.Verify(JsonSerializer.SerializeToUtf8Bytes(read["data"]), metadata).ShouldBeTrue();
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Host;
using Dlcs.Integration.Log.Loopback;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Apart;

/// <summary>The program, started before EventStoreDB is: it waits, says why, and needs no hand.</summary>
[Trait("profile", "cluster")]
public sealed class StartingWithoutTheLog(Postgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task waits_for_it_and_then_works()
    {
        var port = Ports.Free();
        await using var dlcs = new RoleProcess("all", AdminKey.New(TimeProvider.System)).With(
            new Dictionary<string, string>
            {
                ["ConnectionStrings__Postgres"] = await postgres.NewDatabase(),
                ["EventStore"] = $"esdb://127.0.0.1:{port}?tls=false",
            });
        dlcs.Launch();
        for (var tries = 0; !Says(dlcs, "Waiting for the stores"); tries++)
        {
            tries.ShouldBeLessThan(600, "it does not say what it waits for");
            await Task.Delay(100, Ct);
        }

        await using var log = await LoopbackServer.Start(port: port);
        await dlcs.Ready();

        using var made = await dlcs.Insist(
            HttpMethod.Post, "/customers/1/spaces", new JsonObject { ["name"] = "manuscripts" });
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private static bool Says(RoleProcess process, string words)
    {
        lock (process.Said) return process.Said.ToString().Contains(words, StringComparison.Ordinal);
    }
}

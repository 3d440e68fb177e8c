using System.Text.Json.Nodes;
using Dlcs.Integration.Log;
using Dlcs.Integration.Log.Loopback;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;
using Dlcs.Read.Projecting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dlcs.Integration.Journeys;

/// <summary>Two installations on one EventStoreDB: the lag of each counts its own events.</summary>
[Trait("profile", "cluster")]
public sealed class SharingALog(Stores stores) : IClassFixture<Stores>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task lags_behind_events_of_its_own_and_behind_no_others()
    {
        await using var server = await LoopbackServer.Start();
        var address = ConnectionString.Parse(server.ConnectionString);
        await using var theirs = new GrpcEventStore(address, "theirs");
        await using var dlcs = await Installation.Start(stores, settings => settings with { EventStore = address });
        await dlcs.NewSpace("manuscripts");
        await theirs.AppendMany([.. Enumerable.Range(0, 20).Select(_ => Appends.One())], Ct);

        await dlcs.Until("/health", health => Lags(health).All(lag => lag == 0), seconds: 5);

        await dlcs.Services.GetServices<IHostedService>().OfType<Projector>().Single().StopAsync(Ct);
        var ours = dlcs.Services.GetRequiredService<IEventStore>();
        await ours.AppendMany([Appends.One(), Appends.One(), Appends.One()], Ct);
        await dlcs.Until("/health", health => Lags(health).All(lag => lag == 3), seconds: 5); // asked again in a second

        await ours.AppendMany([.. Enumerable.Range(0, 2_000).Select(_ => Appends.One())], Ct);
        await dlcs.Until("/health", health => Lags(health).All(lag => lag == 1_000), seconds: 5);
    }

    private static List<long> Lags(JsonNode health) =>
        [.. health["views"]!.AsArray().Select(view => view!["lag"]!.GetValue<long>())];
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dlcs.Host;
using Dlcs.Integration.Log.Loopback;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events.EventStore;
using Dlcs.Kernel.Storage.S3;
using Dlcs.Read.Images.Elastic;

namespace Dlcs.Integration.Journeys;

/// <summary>Each engine goes away in the middle of 1,000 images, and comes back: nothing lost, nothing twice.</summary>
[Trait("profile", "cluster")]
public sealed class LosingEngines(Stores stores, Ceph ceph, Elasticsearch engines)
    : IClassFixture<Stores>, IAsyncLifetime
{
    private const int Batches = 4;
    private const int Members = 250;
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(4);
    private LoopbackServer log = null!;
    private EngineProcess index = null!;
    private CephGateway gateway = null!;
    private Installation dlcs = null!;
    private Library library = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        library = await Library.Open();
        for (var n = 0; n < 10; n++) library.Page($"{n}.jpg", 64 + n, 48);
        log = await LoopbackServer.Start();
        index = engines.Another();
        await index.Start();
        var bucket = await ceph.NewBucket();
        gateway = await ceph.NewGateway();
        dlcs = await Installation.Start(stores, settings => On(settings, gateway.Settings(bucket.Bucket)));
        await dlcs.NewSpace("manuscripts");
    }

    public async ValueTask DisposeAsync()
    {
        await dlcs.DisposeAsync();
        await gateway.DisposeAsync();
        await index.DisposeAsync();
        await log.DisposeAsync();
        await library.DisposeAsync();
    }

    [Fact]
    public async Task in_the_middle_of_a_thousand_images_loses_none_and_does_none_twice()
    {
        for (var book = 0; book < Batches; book++)
            (await Post(library.Batch($"{book}", Members))).StatusCode.ShouldBe(HttpStatusCode.Created);

        await index.Kill();
        using (var unseen = await Patch("while the index is away"))
        {
            unseen.StatusCode.ShouldBe(HttpStatusCode.OK, await unseen.Content.ReadAsStringAsync(Ct));
            unseen.Headers.GetValues("Dlcs-Visible").ShouldBe(["false"]);
        }
        await Task.Delay(Away, Ct);
        await index.Start();

        await gateway.Kill();
        await Task.Delay(Away, Ct);
        await gateway.StartAgain();

        log.Options.Ready = false;
        log.BreakConnections();
        using (var refused = await Patch("while the log is away"))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.ShouldNotBeNull();
        }
        log.Options.Ready = true;

        log.Options.Delay = TimeSpan.FromSeconds(5);
        await Task.Delay(Away, Ct);
        log.Options.Delay = TimeSpan.Zero;

        await Finished();
        await Settled.SameViews(dlcs.Settings);
        await Settled.OnceEach(dlcs.Settings, Batches * Members);
    }

    private HostSettings On(HostSettings settings, S3Settings bucket)
    {
        var prefix = $"t{Guid.CreateVersion7():N}"[..20];
        return settings with
        {
            Prefix = prefix,
            EventStore = ConnectionString.Parse(log.ConnectionString),
            Index = new ElasticSettings(index.Url, prefix) { Replicas = 0 },
            S3 = bucket with { Timeout = TimeSpan.FromSeconds(5), Retries = 1 },
        };
    }

    private async Task<HttpResponseMessage> Post(JsonObject batch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/customers/1/queue")
        { Content = JsonContent.Create(batch), Headers = { { "Prefer", "respond-async" } } };
        return await dlcs.Api.SendAsync(request, Ct);
    }

    private Task<HttpResponseMessage> Patch(string string2) => dlcs.Api.PatchAsJsonAsync(
        "/customers/1/spaces/1/images/0-0", new JsonObject { ["string2"] = string2 }, Ct);

    private async Task Finished()
    {
        var all = await dlcs.Until(
            "/customers/1/queue/batches",
            b => b["member"]!.AsArray() is { Count: Batches } found && found.All(m => m!["finished"] is not null),
            seconds: 240);
        all["member"]!.AsArray().ShouldAllBe(b => (int)b!["completed"]! == Members && (int)b["errors"]! == 0);
        await dlcs.Until("/customers/1/spaces/1/images?pageSize=1", i => (int)i["totalItems"]! == Batches * Members);
    }
}

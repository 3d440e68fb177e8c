using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Host;
using Dlcs.Host.Commands;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.S3;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Integration.Journeys;

[Trait("profile", "cluster")]
public sealed class KeepingPixelsInS3(Stores stores, Ceph ceph) : IClassFixture<Stores>, IAsyncLifetime
{
    private CephGateway gateway = null!;
    private S3Settings bucket = null!;
    private Installation? started;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Installation Dlcs => started!;

    public async ValueTask InitializeAsync()
    {
        var made = await ceph.NewBucket();
        gateway = await ceph.NewGateway();
        bucket = gateway.Settings(made.Bucket) with { Timeout = TimeSpan.FromSeconds(5), Retries = 1 };
    }

    public async ValueTask DisposeAsync()
    {
        if (started is not null) await started.DisposeAsync();
        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task serves_from_there_and_answers_503_while_it_is_away()
    {
        await Start();
        var image = await Register("folio", 2000, 1500);
        var service = new Uri((string)image["imageService"]!).AbsolutePath;
        using (var tile = await Get($"{service}/0,0,512,512/512,512/0/default.jpg"))
            tile.StatusCode.ShouldBe(HttpStatusCode.OK);
        Directory.Exists(Dlcs.Settings.Storage).ShouldBeFalse();

        await gateway.Kill();
        using (var seen = await Get($"{service}/0,0,512,512/512,512/0/default.jpg"))
            seen.StatusCode.ShouldBe(HttpStatusCode.OK); // out of the cache
        foreach (var path in (string[])["512,0,512,512/512,512/0/default.jpg", "full/900,/0/default.png"])
        {
            using var away = await Get($"{service}/{path}");
            away.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            away.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        }

        using (var refused = await Put("while-away", 100, 100))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        }

        await gateway.StartAgain();

        using var back = await Get($"{service}/512,0,512,512/512,512/0/default.jpg");
        back.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Register("while-away", 100, 100);
    }

    [Fact]
    public async Task goes_on_with_an_ingest_in_whose_middle_it_was_away()
    {
        await Start();
        await using var library = await Library.Open();
        library.Page("folio.jpg", 900, 700);
        for (var n = 0; n < 5; n++) library.Page($"{n}.jpg", 100, 100);
        var space = await Dlcs.NewSpace("many");
        var members = Enumerable.Range(0, 60).Select(n => (JsonNode)new JsonObject
        {
            ["id"] = $"folio-{n}",
            ["space"] = space,
            ["origin"] = $"{library.Url("folio.jpg")}?{n}",
            ["mediaType"] = "image/jpeg",
        });
        var collection = new JsonObject { ["@type"] = "Collection", ["member"] = new JsonArray([.. members]) };
        var batch = await Dlcs.Post("/customers/1/queue", collection);
        var path = new Uri((string)batch["@id"]!).AbsolutePath;

        await Dlcs.Until(path, b => (int)b["completed"]! >= 5);
        await gateway.Kill();
        await Task.Delay(TimeSpan.FromSeconds(3), Ct);
        ((int)(await Dlcs.Get(path))["completed"]!).ShouldBeLessThan(60);
        var late = await Dlcs.Post("/customers/1/queue", library.Batch("late", 5, space));
        await Dlcs.Until("/health", health => (long)health["waiting"]! >= 6);
        await gateway.StartAgain();

        foreach (var (one, size) in new[] { (path, 60), (new Uri((string)late["@id"]!).AbsolutePath, 5) })
        {
            var done = await Dlcs.Until(one, b => (int)b["completed"]! == size);
            ((int)done["errors"]!).ShouldBe(0);
        }
        await Dlcs.Until("/health", health => (long)health["waiting"]! is 0);
    }

    [Fact]
    public async Task starts_while_it_is_away_and_needs_no_hand_when_it_comes()
    {
        await gateway.Kill();
        await Start();

        using (var refused = await Put("early", 100, 100))
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await gateway.StartAgain();

        await Register("early", 100, 100);
    }

    [Fact]
    public async Task does_not_start_without_a_bucket()
    {
        var settings = bucket with { Bucket = "nobodys" };

        (await Should.ThrowAsync<SettingException>(() => Installation.Start(stores, s => s with { S3 = settings })))
            .Message.ShouldContain("there is no such bucket");
    }

    [Fact]
    public async Task names_what_an_older_backup_of_it_lacks()
    {
        await Start();
        var image = await Register("folio", 2000, 1500);
        await Register("whole", 100, 100);
        var storage = Dlcs.Services.GetRequiredService<IStorage>();
        var pyramids = await storage.List(Ct).Where(o => o.Key.Value.EndsWith(".zip", StringComparison.Ordinal))
            .OrderByDescending(o => o.Length).ToListAsync(Ct);
        await storage.Delete(pyramids[0].Key, Ct);

        var service = new Uri((string)image["imageService"]!).AbsolutePath;
        using (var tile = await Get($"{service}/0,0,512,512/512,512/0/default.jpg"))
            tile.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        Dlcs.Heard.Lines.ShouldContain(line => line.Sentence.Contains("older backup", StringComparison.Ordinal));
        await using var output = new StringWriter { NewLine = "\n" };
        (await SweepCommand.Sweep(Dlcs.Settings, dry: true, output, Ct)).ShouldBe(1);
        output.ToString().ShouldEndWith("restore it, or reingest them:\n  1/1/folio\n");
    }

    [Fact]
    public async Task sweeps_there_too()
    {
        await Start();
        await Register("folio", 700, 500);
        var storage = Dlcs.Services.GetRequiredService<IStorage>();
        var stored = await storage.List(Ct).CountAsync(Ct);

        await using var output = new StringWriter { NewLine = "\n" };
        (await SweepCommand.Sweep(Dlcs.Settings, dry: false, output, Ct)).ShouldBe(0);

        output.ToString().ShouldBe("0 objects removed, 0 bytes\n");
        (await storage.List(Ct).CountAsync(Ct)).ShouldBe(stored);
    }

    private async Task Start()
    {
        started = await Installation.Start(stores, s => s with { S3 = bucket });
        await Dlcs.NewSpace("in S3");
    }

    private async Task<JsonNode> Register(string name, int width, int height)
    {
        using var answer = await Put(name, width, height);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var image = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!;
        ((int)image["width"]!).ShouldBe(width);
        return image;
    }

    private async Task<HttpResponseMessage> Put(string name, int width, int height)
    {
        using var picture = ImageApi.Picture.Make(width, height);
        var body = new JsonObject { ["file"] = Convert.ToBase64String(picture.JpegsaveBuffer(q: 80)) };
        using var content = new StringContent(body.ToJsonString(), null, "application/json");
        return await Dlcs.Api.PutAsync($"/customers/1/spaces/1/images/{name}", content, Ct);
    }

    private Task<HttpResponseMessage> Get(string path) => Dlcs.Public.GetAsync(path, Ct);
}

using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dlcs.Integration.Ops;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Journeys;

/// <summary>Where the engine of the image index is away, only what asks it waits for it.</summary>
[Trait("profile", "cluster")]
public sealed class LosingTheSearchEngine(Stores stores, Elasticsearch engine) : IClassFixture<Stores>
{
    private static readonly Meddling Away = (http, _, _) =>
    {
        http.Abort();
        return Task.CompletedTask;
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task writes_go_on_and_all_is_shown_once_it_is_back()
    {
        await using var library = await Library.Open();
        library.Page("1.jpg", 600, 400);
        var settings = await engine.Settings();
        await using var man = await Middleman.Before(settings.Url);
        await using var dlcs = await Installation.Start(
            stores, s => s with { Index = settings with { Url = man.Url }, Prefix = settings.Prefix });
        await dlcs.NewSpace("manuscripts");
        (await Batch(dlcs, library, "first")).Headers.Contains("Dlcs-Visible").ShouldBeFalse();

        man.Meddle = Away;
        (await Batch(dlcs, library, "second")).Headers.GetValues("Dlcs-Visible").ShouldBe(["false"]);
        var began = Stopwatch.GetTimestamp();
        (await Batch(dlcs, library, "third")).Headers.GetValues("Dlcs-Visible").ShouldBe(["false"]);
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(4), "the view is known to lag");
        using (var space = await dlcs.Api.PostAsJsonAsync(
            "/customers/1/spaces", new JsonObject { ["name"] = "maps" }, Ct))
        {
            space.StatusCode.ShouldBe(HttpStatusCode.Created);
            space.Headers.Contains("Dlcs-Visible").ShouldBeFalse();
        }
        await dlcs.Until("/customers/1/queue", queue => (int)queue["size"]! is 0); // workers need no index
        using (var query = await dlcs.Api.GetAsync(new Uri("/customers/1/allImages", UriKind.Relative), Ct))
        {
            query.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            query.Headers.RetryAfter.ShouldNotBeNull();
        }
        using (var tile = await dlcs.Public.GetAsync(new Uri("/iiif-img/1/1/second/info.json", UriKind.Relative), Ct))
            tile.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await dlcs.Get("/health/ready"))["status"]!.GetValue<string>().ShouldBe("green");
        Lag(await dlcs.Get("/health")).ShouldBeGreaterThan(0);
        await dlcs.Until(
            "/customers/1/queue/batches", all => all["member"]!.AsArray().All(b => b!["finished"] is not null));
        var rows = await Printed(dlcs);
        var images = rows.Single(row => row.View is "images");
        images.Lag.ShouldBe((int)Lag(await dlcs.Get("/health")));
        images.Lag.ShouldBeGreaterThan(0);
        var others = rows.Where(row => row.View is not "images").ToList();
        others.ShouldAllBe(row => row.Lag == 0 && row.Position > images.Position);

        man.Meddle = Middleman.Pass;
        await dlcs.Until("/health", health => Lag(health) is 0);
        (await Printed(dlcs)).ShouldAllBe(row => row.Lag == 0 && row.Position == others[0].Position);
        (await dlcs.Get("/customers/1/allImages"))["totalItems"]!.GetValue<int>().ShouldBe(3);
        (await dlcs.Get("/customers/1/spaces/1/images/third"))["ingesting"]!.GetValue<bool>().ShouldBeFalse();
        (await Batch(dlcs, library, "fourth")).Headers.Contains("Dlcs-Visible").ShouldBeFalse();
        await engine.Forget(settings);
    }

    private static long Lag(JsonNode health) => health["views"]!.AsArray()
        .Single(v => (string)v!["view"]! is "images")!["lag"]!.GetValue<long>();

    /// <summary>By <c>dlcs views</c>.</summary>
    private async Task<IReadOnlyList<ViewRow>> Printed(Installation dlcs)
    {
        var (exit, said) = await RunningOps.Run(dlcs.Settings.Data,
        [
            "env", .. stores.Environ(dlcs.Settings).Select(setting => $"{setting.Key}={setting.Value}"),
            "dotnet", Path.Combine(AppContext.BaseDirectory, "dlcs.dll"), "views",
        ]);
        exit.ShouldBe(0, said);
        return ViewRow.Of(said);
    }

    private static async Task<HttpResponseMessage> Batch(Installation dlcs, Library library, string id)
    {
        var member = new JsonObject
        { ["id"] = id, ["space"] = 1, ["origin"] = library.Url("1.jpg"), ["mediaType"] = "image/jpeg" };
        var answer = await dlcs.Api.PostAsJsonAsync(
            "/customers/1/queue", new JsonObject { ["member"] = new JsonArray(member) }, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Ct));
        return answer;
    }
}

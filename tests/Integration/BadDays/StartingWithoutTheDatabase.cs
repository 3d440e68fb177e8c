using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Integration.Journeys;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.BadDays;

/// <summary>Where PostgreSQL keeps all but the pixels, and is started later than the program.</summary>
public sealed class StartingWithoutTheDatabase : IAsyncLifetime
{
    private OwnPostgres server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await OwnPostgres.Started();
        await server.Stop();
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task refuses_until_it_is_there_and_then_works_without_a_hand()
    {
        await using var dlcs = await Installation.Begin(
            Installation.NewSettings() with { Postgres = server.ConnectionString });

        foreach (var path in (string[])["/customers/1", "/customers/1/allImages"])
            await Ward.Refuses(dlcs.Api.GetAsync(path, Ct));
        await Ward.Refuses(Upload(dlcs));
        foreach (var path in (string[])["/iiif-img/1/1/folio/info.json", "/iiif-resource/1/book/ms-1"])
            await Ward.Refuses(dlcs.Public.GetAsync(path, Ct));
        foreach (var host in (HttpClient[])[dlcs.Api, dlcs.Public])
        {
            await Ward.Answers(host.GetAsync("/health/live", Ct));
            using var ready = await host.GetAsync("/health/ready", Ct);
            ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            ((string)JsonNode.Parse(await ready.Content.ReadAsStringAsync(Ct))!["reason"]!).ShouldContain("PostgreSQL");
        }

        await server.Start();

        foreach (var host in (HttpClient[])[dlcs.Api, dlcs.Public]) await IsReady(host);
        await dlcs.KnowAdmin();
        await dlcs.NewSpace("manuscripts");
        await Ward.Answers(Upload(dlcs), HttpStatusCode.Created);
        await dlcs.Until("/customers/1/allImages", all => all["member"] is JsonArray { Count: 1 } found
            && !(bool)found[0]!["ingesting"]!);
        await Ward.Answers(dlcs.Public.GetAsync("/iiif-img/1/1/folio/info.json", Ct));
    }

    private static Task<HttpResponseMessage> Upload(Installation dlcs)
    {
        var file = ImageApi.Picture.File(64, 48);
        return dlcs.Api.PutAsync(
            "/customers/1/spaces/1/images/folio",
            new StringContent(new JsonObject { ["file"] = file }.ToJsonString(), null, "application/json"), Ct);
    }

    private static async Task IsReady(HttpClient host)
    {
        for (var tries = 0; ; tries++)
        {
            using var ready = await host.GetAsync("/health/ready", Ct);
            if (ready.IsSuccessStatusCode) return;
            tries.ShouldBeLessThan(600, await ready.Content.ReadAsStringAsync(Ct));
            await Task.Delay(100, Ct);
        }
    }
}

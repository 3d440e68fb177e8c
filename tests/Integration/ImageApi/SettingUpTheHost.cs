using System.Net;
using Dlcs.Iiif;
using Dlcs.Iiif.ImageApi;

namespace Dlcs.Integration.ImageApi;

public sealed class SettingUpTheHost(PublicHost host) : IClassFixture<PublicHost>
{
    private async Task<HttpResponseMessage> Get(IiifSettings settings, string path, int times = 1)
    {
        var (app, client) = await PublicHost.Start(host.Stored.Storage, host.Images, settings);
        await using (app)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, times).Select(
                _ => client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)));
            return answers.MaxBy(answer => answer.StatusCode).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task begins_all_ids_with_the_public_url()
    {
        var settings = new IiifSettings { Urls = new(null, new("https://iiif.example.org/"), 0, 0) };
        var info = await PublicHost.Json(await Get(settings, "/iiif-img/2/5/folio/info.json"));
        using var pixels = await Get(settings, "/iiif-img/2/5/folio/full/max/0/default.jpg");
        using var redirect = await Get(settings, "/thumbs/2/5/folio");

        info.GetProperty("id").GetString().ShouldBe("https://iiif.example.org/iiif-img/2/5/folio");
        pixels.Headers.GetValues("Link").Single()
            .ShouldStartWith("<https://iiif.example.org/iiif-img/2/5/folio/full/max");
        redirect.Headers.Location.ShouldBe(new Uri("https://iiif.example.org/thumbs/2/5/folio/info.json"));
    }

    [Fact]
    public async Task speaks_2_1_where_that_is_the_default()
    {
        var settings = new IiifSettings { DefaultVersion = ApiVersion.V2 };
        using var redirect = await Get(settings, "/iiif-img/v2/2/5/folio/info.json");
        using var three = await Get(settings, "/iiif-img/v3/2/5/folio/info.json");

        (await Get(settings, "/iiif-img/2/5/folio/full/full/0/default.jpg")).StatusCode.ShouldBe(HttpStatusCode.OK);
        redirect.Headers.Location.ShouldNotBeNull().AbsolutePath.ShouldBe("/iiif-img/2/5/folio/info.json");
        (await PublicHost.Json(three)).GetProperty("type").GetString().ShouldBe("ImageService3");
    }

    [Fact]
    public async Task asks_again_for_an_image_that_is_no_longer_fresh()
    {
        var before = host.Images.Finds;
        using var response = await Get(
            new() { Freshness = TimeSpan.Zero }, "/iiif-img/2/5/folio/full/100,69/0/default.jpg", times: 5);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (host.Images.Finds - before).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task gives_up_what_takes_too_long()
    {
        using var response = await Get(
            new() { Deadline = TimeSpan.FromMilliseconds(1) }, "/iiif-img/2/5/folio/full/1299,/1/default.webp");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
        response.Headers.ETag.ShouldBeNull();
    }

    [Fact]
    public async Task turns_away_what_cannot_wait()
    {
        using var response = await Get(
            new() { Parallelism = 1, Queue = 1 }, "/iiif-img/2/5/folio/full/1299,/1/default.webp", times: 12);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task makes_nothing_larger_than_the_platform_allows()
    {
        var settings = new IiifSettings { MaxWidth = 500, MaxArea = 100_000 };
        var info = await PublicHost.Json(await Get(settings, "/iiif-img/2/5/folio/info.json"));

        (info.GetProperty("maxWidth").GetInt32(), info.GetProperty("maxArea").GetInt32()).ShouldBe((500, 100_000));
        using var larger = await Get(settings, "/iiif-img/2/5/folio/full/500,/0/default.jpg");
        using var largest = await Get(settings, "/iiif-img/2/5/folio/full/max/0/default.jpg");
        (larger.StatusCode, largest.StatusCode).ShouldBe((HttpStatusCode.BadRequest, HttpStatusCode.OK));
    }
}

using System.Net;

namespace Dlcs.Integration.ImageApi;

public sealed class CachingAnswers(PublicHost host) : IClassFixture<PublicHost>
{
    private const string Tile = "/iiif-img/2/5/folio/256,256,256,256/256,256/0/default.jpg";
    private const string Made = "/iiif-img/2/5/folio/full/123,/0/default.png";
    private const string Information = "/iiif-img/2/5/folio/info.json";
    private const string Thumbnail = "/thumbs/2/5/folio/full/200,138/0/default.jpg";

    [Theory]
    [InlineData(Tile, "public, s-maxage=2419200, max-age=2419200, stale-if-error=86400")]
    [InlineData(Made, "public, s-maxage=2419200, max-age=2419200, stale-if-error=86400")]
    [InlineData(Thumbnail, "public, s-maxage=2419200, max-age=2419200, stale-if-error=86400")]
    [InlineData(Information, "public, s-maxage=86400, max-age=86400, stale-if-error=86400")]
    public async Task lets_anyone_keep_what_is_open(string path, string cacheControl)
    {
        using var response = await host.Get(path);

        response.Headers.NonValidated["Cache-Control"].ToString().ShouldBe(cacheControl);
    }

    [Theory]
    [InlineData(Tile)]
    [InlineData(Made)]
    [InlineData(Thumbnail)]
    [InlineData(Information)]
    public async Task sends_nothing_twice(string path)
    {
        using var first = await host.Get(path);
        var etag = first.Headers.ETag.ShouldNotBeNull();
        etag.IsWeak.ShouldBeFalse();

        foreach (var known in new[] { etag.ToString(), $"\"other\", {etag}", $"W/{etag}", "*" })
        {
            using var again = await host.Get(path, ("If-None-Match", known));
            again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
            again.Headers.ETag.ShouldBe(etag);
            again.Headers.CacheControl.ShouldBe(first.Headers.CacheControl);
            (await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        }

        (await host.Get(path, ("If-None-Match", "\"other\""))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task still_refuses_what_is_wrong()
    {
        using var response = await host.Get("/iiif-img/2/5/folio/full/0,/0/default.jpg", ("If-None-Match", "*"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Headers.NonValidated["Cache-Control"].ToString().ShouldBe("no-store");
        response.Headers.ETag.ShouldBeNull();
    }

    [Fact]
    public async Task gives_another_tag_once_the_picture_is_another()
    {
        using var other = Picture.Make(300, 300);
        host.Images.Set("changing", await host.Stored.Store(host.Folio, 256));
        using var before = await host.Get("/iiif-img/2/5/changing/full/max/0/default.jpg");

        var changed = host.Images.Set("changing", await host.Stored.Store(other, 256));
        host.Served.Evict(changed.Id);
        using var after = await host.Get("/iiif-img/2/5/changing/full/max/0/default.jpg");

        after.Headers.ETag.ShouldNotBe(before.Headers.ETag);
        after.Content.Headers.ContentLength.ShouldNotBe(before.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task asks_the_index_once_until_told_of_a_change()
    {
        var view = host.Images.Set("asked", await host.Stored.Store(host.Folio, 256));
        const string path = "/iiif-img/2/5/asked/0,0,256,256/256,256/0/default.jpg";
        var before = host.Images.Finds;

        for (var i = 0; i < 5; i++) (await host.Get(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (host.Images.Finds - before).ShouldBe(1);

        host.Images.Set("asked", ready: null, image => image with { Roles = ["clickthrough"] });
        host.Served.Evict(view.Id);
        (await host.Get(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (host.Images.Finds - before).ShouldBe(2);
    }
}

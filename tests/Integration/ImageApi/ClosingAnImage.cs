using System.Net;

namespace Dlcs.Integration.ImageApi;

/// <summary>An image with roles: nobody has one yet.</summary>
public sealed class ClosingAnImage(PublicHost host) : IClassFixture<PublicHost>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        var ready = await host.Stored.Store(host.Folio, 256, 400, 200, 100);
        host.Images.Set("closed", ready, image => image with { Roles = ["clickthrough"] });
        host.Images.Set("secret", ready with { Thumbnails = [] }, image => image with { Roles = ["clickthrough"] });
        host.Images.Set("failed", null, image => image with { Roles = ["clickthrough"] }, "a.org answered 404.");
        host.Images.Set("ajar", ready, image => image with { Roles = ["clickthrough"], OpenFullMax = 200 });
        host.Images.Set("small", ready, image => image with { MaxWidth = 300 });
        host.Images.Set("tiny", ready, image => image with { MaxWidth = 50 });
        host.Images.Set("both", ready, image => image with { Roles = ["a"], OpenFullMax = 100, MaxWidth = 300 });
        host.Images.Set("legacy", ready, image => image with { MaxUnauthorised = 200 });
        host.Images.Set("nothing", ready, image => image with { MaxUnauthorised = 0 });
    }

    [Theory]
    [InlineData("closed/full/max/0/default.jpg", 401)]
    [InlineData("closed/full/100,69/0/default.jpg", 401)]
    [InlineData("closed/0,0,256,256/256,256/0/default.jpg", 401)]
    [InlineData("closed/full/1,/0/default.jpg", 401)]
    [InlineData("nothing/full/100,69/0/default.jpg", 401)]
    [InlineData("ajar/full/200,138/0/default.jpg", 200)]
    [InlineData("ajar/full/!200,200/0/default.jpg", 200)]
    [InlineData("ajar/0,0,1300,900/200,/0/default.jpg", 200)]
    [InlineData("ajar/full/150,/90/gray.png", 200)]
    [InlineData("ajar/full/201,/0/default.jpg", 401)]
    [InlineData("ajar/full/max/0/default.jpg", 401)]
    [InlineData("ajar/0,0,1300,899/200,/0/default.jpg", 401)]
    [InlineData("ajar/square/100,/0/default.jpg", 401)]
    [InlineData("ajar/0,0,256,256/100,100/0/default.jpg", 401)]
    [InlineData("small/full/300,/0/default.jpg", 200)]
    [InlineData("small/full/max/0/default.jpg", 200)]
    [InlineData("small/full/400,277/0/default.jpg", 400)]
    [InlineData("small/0,0,256,256/256,256/0/default.jpg", 200)]
    [InlineData("legacy/full/200,/0/default.jpg", 200)]
    [InlineData("legacy/full/400,277/0/default.jpg", 400)]
    public async Task opens_what_its_size_restrictions_say(string request, int status)
    {
        using var response = await host.Get($"/iiif-img/2/5/{request}");

        ((int)response.StatusCode).ShouldBe(status);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        if (status is 401) response.Headers.NonValidated["Cache-Control"].ToString().ShouldBe("no-store");
    }

    [Theory]
    [InlineData("closed/info.json", 401)]
    [InlineData("closed/full/100,69/0/default.jpg", 401)]
    [InlineData("ajar/info.json", 200)]
    [InlineData("ajar/full/200,138/0/default.jpg", 200)]
    [InlineData("ajar/full/max/0/default.jpg", 200)]
    [InlineData("ajar/full/400,277/0/default.jpg", 401)]
    [InlineData("small/info.json", 200)]
    [InlineData("small/full/200,138/0/default.jpg", 200)]
    [InlineData("small/full/400,277/0/default.jpg", 404)] // nobody may have it
    [InlineData("legacy/full/400,277/0/default.jpg", 404)]
    [InlineData("tiny/info.json", 404)]
    [InlineData("tiny/full/100,69/0/default.jpg", 404)]
    [InlineData("tiny/full/max/0/default.jpg", 404)]
    [InlineData("both/info.json", 200)]
    [InlineData("both/full/100,69/0/default.jpg", 200)]
    [InlineData("both/full/200,138/0/default.jpg", 401)]
    [InlineData("both/full/400,277/0/default.jpg", 404)]
    [InlineData("nothing/full/100,69/0/default.jpg", 401)]
    public async Task in_thumbnails_too(string request, int status) =>
        ((int)(await host.Get($"/thumbs/2/5/{request}")).StatusCode).ShouldBe(status);

    [Theory]
    [InlineData("/thumbs/2/5/secret/info.json")]
    [InlineData("/thumbs/2/5/secret/full/max/0/default.jpg")]
    [InlineData("/iiif-img/2/5/failed/info.json")]
    [InlineData("/iiif-img/2/5/failed/full/max/0/default.jpg")]
    [InlineData("/thumbs/2/5/failed/info.json")]
    public async Task does_not_tell_what_there_is_of_it(string path)
    {
        using var response = await host.Get(path);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(
            "This image is closed: without a role, nothing of it can be seen.\n");
    }

    [Theory]
    [InlineData("/iiif-img/2/5/closed")]
    [InlineData("/iiif-img/2/5/ajar")]
    [InlineData("/thumbs/2/5/closed")]
    public async Task still_describes_it(string service)
    {
        using var response = await host.Get($"{service}/info.json");
        var info = await PublicHost.Json(response);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.NonValidated["Cache-Control"].ToString().ShouldBe("no-store");
        response.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe("application/ld+json");
        info.GetProperty("id").GetString().ShouldBe(host.Url + service);
        info.GetProperty("height").GetInt32().ShouldBePositive();
    }

    [Fact]
    public async Task lists_only_open_thumbnails()
    {
        var info = await PublicHost.Json(await host.Get("/thumbs/2/5/ajar/info.json"));

        info.GetProperty("profile").GetString().ShouldBe("level0");
        info.GetProperty("sizes").EnumerateArray().Select(size => size.GetProperty("width").GetInt32())
            .ShouldBe([100, 200]);
        info.GetProperty("width").GetInt32().ShouldBe(200);
    }

    [Fact]
    public async Task keeps_what_is_open_of_it_private()
    {
        using var response = await host.Get("/iiif-img/2/5/ajar/full/200,138/0/default.jpg");

        response.Headers.NonValidated["Cache-Control"].ToString().ShouldBe("private, max-age=600");
    }

    [Theory]
    [InlineData("small", 300, 256)]
    [InlineData("legacy", 200, 128)]
    public async Task publishes_its_limits(string image, int maxWidth, int tileSize)
    {
        var info = await PublicHost.Json(await host.Get($"/iiif-img/2/5/{image}/info.json"));

        info.GetProperty("maxWidth").GetInt32().ShouldBe(maxWidth);
        var tiles = info.GetProperty("tiles")[0];
        tiles.GetProperty("width").GetInt32().ShouldBe(tileSize);
        info.GetProperty("sizes").EnumerateArray()
            .ShouldAllBe(size => size.GetProperty("width").GetInt32() <= maxWidth);
        (await host.Get($"/iiif-img/2/5/{image}/0,0,{tileSize},{tileSize}/{tileSize},{tileSize}/0/default.jpg"))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

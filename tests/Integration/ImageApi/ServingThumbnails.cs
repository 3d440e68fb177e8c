using System.Net;

namespace Dlcs.Integration.ImageApi;

/// <summary>The level 0 service: what is stored, and no other size.</summary>
public sealed class ServingThumbnails(PublicHost host) : IClassFixture<PublicHost>
{
    [Theory]
    [InlineData("/thumbs/2/5/folio", "id", "level0")]
    [InlineData("/thumbs/v2/2/5/folio", "@id", null)]
    public async Task describes_itself_by_its_sizes(string service, string id, string? profile)
    {
        using var response = await host.Get($"{service}/info.json");
        var info = await PublicHost.Json(response);

        info.GetProperty(id).GetString().ShouldBe(host.Url + service);
        (info.GetProperty("width").GetInt32(), info.GetProperty("height").GetInt32()).ShouldBe((400, 277));
        info.GetProperty("sizes").GetArrayLength().ShouldBe(3);
        info.TryGetProperty("tiles", out _).ShouldBeFalse();
        if (profile is not null) info.GetProperty("profile").GetString().ShouldBe(profile);
        else info.GetProperty("profile")[0].GetString().ShouldBe("http://iiif.io/api/image/2/level0.json");
    }

    [Fact]
    public async Task says_that_it_is_the_very_size()
    {
        using var picture = await host.Get("/thumbs/2/5/folio/full/100,69/0/default.jpg");
        using var other = await host.Get("/thumbs/2/5/folio/full/300,208/0/default.jpg");
        using var info = await host.Get("/thumbs/2/5/folio/info.json");

        picture.Headers.GetValues("x-thumb-match").ShouldBe(["1"]);
        other.Headers.Contains("x-thumb-match").ShouldBeFalse();
        info.Headers.Contains("x-thumb-match").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/thumbs/2/5/folio", HttpStatusCode.SeeOther)]
    [InlineData("/thumbs/v3/2/5/folio/info.json", HttpStatusCode.SeeOther)]
    [InlineData("/thumbs/2/5/folio/full/300,208/0/default.jpg", HttpStatusCode.NotFound)]
    [InlineData("/thumbs/2/5/folio/full/1300,900/0/default.jpg", HttpStatusCode.NotFound)]
    [InlineData("/thumbs/2/5/folio/full/pct:10/0/default.jpg", HttpStatusCode.BadRequest)]
    [InlineData("/thumbs/2/5/folio/square/100,100/0/default.jpg", HttpStatusCode.BadRequest)]
    [InlineData("/thumbs/2/5/folio/full/100,69/90/default.jpg", HttpStatusCode.BadRequest)]
    [InlineData("/thumbs/2/5/folio/full/100,69/0/gray.jpg", HttpStatusCode.BadRequest)]
    [InlineData("/thumbs/2/5/folio/full/100,69/0/default.png", HttpStatusCode.BadRequest)]
    [InlineData("/thumbs/2/5/folio/full/^100,69/0/default.jpg", HttpStatusCode.BadRequest)]
    [InlineData("/thumbs/2/5/folio/somewhere", HttpStatusCode.BadRequest)]
    [InlineData("/thumbs/2/5/nothing/info.json", HttpStatusCode.NotFound)]
    public async Task refuses_any_other(string path, HttpStatusCode status) =>
        (await host.Get(path)).StatusCode.ShouldBe(status);
}

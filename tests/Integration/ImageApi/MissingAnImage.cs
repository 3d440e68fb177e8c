using System.Net;

namespace Dlcs.Integration.ImageApi;

public sealed class MissingAnImage(PublicHost host) : IClassFixture<PublicHost>
{
    private async Task Says(string path, string sentence)
    {
        using var response = await host.Get(path);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(sentence + "\n");
    }

    [Fact]
    public Task says_that_there_is_none() => Says("/iiif-img/2/5/a%2Fb/info.json", "There is no image 2/5/a/b.");

    [Fact]
    public async Task says_that_it_is_not_delivered_that_way()
    {
        host.Images.Set("only-thumbs", await host.Stored.Store(host.Folio, 256, 100), channels: ["thumbs"]);

        await Says("/iiif-img/2/5/only-thumbs/info.json",
            "The image 2/5/only-thumbs is not delivered through iiif-img.");
        (await host.Get("/thumbs/2/5/only-thumbs/info.json")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task says_that_it_has_no_thumbnails()
    {
        host.Images.Set("no-thumbs", await host.Stored.Store(host.Folio, 256), channels: ["iiif-img"]);

        await Says("/thumbs/2/5/no-thumbs/info.json", "The image 2/5/no-thumbs is not delivered through thumbs.");
    }

    [Fact]
    public Task says_that_it_is_not_ready()
    {
        host.Images.Set("early", ready: null, ingesting: true);

        return Says("/iiif-img/2/5/early/full/max/0/default.jpg", "The image 2/5/early is still being processed.");
    }

    [Fact]
    public Task says_that_it_will_never_be_and_keeps_to_the_api_why()
    {
        host.Images.Set("broken", ready: null, error: "The origin answered 404.");

        return Says("/iiif-img/2/5/broken/info.json",
            "The image 2/5/broken could not be processed; the API says why.");
    }

    [Fact]
    public async Task serves_the_last_pictures_while_it_is_processed_again()
    {
        host.Images.Set("again", await host.Stored.Store(host.Folio, 256), ingesting: true);

        (await host.Get("/iiif-img/2/5/again/full/max/0/default.jpg")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task is_not_mended_by_writing(string method)
    {
        using var response = await host.Send(new(method), "/iiif-img/2/5/folio/info.json");

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.ShouldBe(["GET", "HEAD", "OPTIONS"]);
    }
}

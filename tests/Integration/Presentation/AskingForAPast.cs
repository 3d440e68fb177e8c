using Dlcs.Kernel;

namespace Dlcs.Integration.Presentation;

public sealed class AskingForAPast : IAsyncLifetime
{
    private readonly PublicSite site = new();

    /// <summary>Position 0 at 00:00, 1 at 00:01, 2 at 00:02.</summary>
    public ValueTask InitializeAsync()
    {
        site.Shelf.Put(Pictures.Picture("2/5/a", page: 1));
        site.Shelf.Put(Pictures.Picture("2/5/b", page: 2));
        site.Shelf.Remove(ImageId.Parse("2/5/a"));
        return site.InitializeAsync();
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Theory]
    [InlineData("0", "a")]
    [InlineData("1", "a,b")]
    [InlineData("2", "b")]
    [InlineData("1000", "b")]
    [InlineData("2026-01-01T00:00Z", "a")]
    [InlineData("2026-01-01", "a")]
    [InlineData("2026-01-01T00:00:59.9999999Z", "a")]
    [InlineData("2026-01-01T00:01:30Z", "a,b")]
    [InlineData("2026-01-01T01:01:30%2B01:00", "a,b")]
    [InlineData("2026-01-01T01:01:30+01:00", "a,b")]
    [InlineData("2026-01-01T00:05:00.0000000+00:00", "b")]
    public async Task lists_the_images_that_stood_then(string asOf, string images) =>
        (await site.Json($"/raw-resource/2/book/book?asOf={asOf}")).EnumerateArray()
            .Select(id => id.GetString()!.Split('/')[^1]).ShouldBe(images.Split(','));

    [Theory]
    [InlineData("1", "1")]
    [InlineData("2026-01-01T01:01:30%2B01:00", "2026-01-01T00:01:30Z")]
    public async Task gives_a_manifest_that_can_be_cited(string asOf, string cited)
    {
        var manifest = await site.Json($"/iiif-resource/2/book/book?asOf={asOf}");

        var id = manifest.GetProperty("id").GetString().ShouldNotBeNull();
        id.ShouldBe($"https://dlcs.example/iiif-resource/2/book/book?asOf={cited}");
        manifest.GetProperty("label").GetProperty("en")[0].GetString()
            .ShouldBe($"Generated from 'book' named query, as of {cited}");
        (await site.Json(new Uri(id).PathAndQuery)).GetRawText().ShouldBe(manifest.GetRawText());
        Presentation3Rules.Broken(manifest).ShouldBeEmpty();
    }

    [Fact]
    public async Task shows_an_image_that_is_gone() =>
        (await site.Json("/iiif-manifest/2/5/a?asOf=1")).GetProperty("items").GetArrayLength().ShouldBe(1);

    [Fact]
    public async Task shows_the_pixels_of_today_in_their_own_proportions()
    {
        site.Shelf.Put(Pictures.Picture("2/5/c"));
        var canvas = (await site.Json("/iiif-manifest/2/5/c?asOf=3")).GetProperty("items")[0];
        var body = canvas.GetProperty("items")[0].GetProperty("items")[0].GetProperty("body");
        var thumbnail = canvas.GetProperty("thumbnail")[0];

        const string service = "https://dlcs.example/iiif-img/2/5/c";
        body.GetProperty("id").GetString().ShouldBe($"{service}/full/!768,1024/0/default.jpg");
        thumbnail.GetProperty("id").GetString().ShouldBe($"{service}/full/!150,200/0/default.jpg");
        body.GetProperty("service")[1].TryGetProperty("width", out _).ShouldBeFalse();
        thumbnail.GetProperty("service")[1].TryGetProperty("sizes", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("/iiif-manifest/2/5/a")]
    [InlineData("/iiif-manifest/2/5/b?asOf=0")]
    [InlineData("/iiif-resource/2/book/book?asOf=2025-12-31T23:59:59Z")]
    public async Task shows_nothing_that_was_not_there(string path)
    {
        using var response = await site.Get(path);

        ((int)response.StatusCode).ShouldBe(404);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("now")]
    [InlineData("2026-13-01")]
    [InlineData("1&asOf=2")]
    [InlineData("01/02/2026")]
    public async Task refuses_what_is_no_time(string asOf)
    {
        using var response = await site.Get($"/iiif-resource/2/book/book?asOf={asOf}");

        ((int)response.StatusCode).ShouldBe(400);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("asOf");
    }
}

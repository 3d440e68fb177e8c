using System.Net;
using Dlcs.Kernel;

namespace Dlcs.Integration.Presentation;

public sealed class AskingForAManifestAgain : IAsyncLifetime
{
    private const string Book = "/iiif-resource/2/book/book";
    private readonly PublicSite site = new();

    public ValueTask InitializeAsync()
    {
        site.Shelf.Put(Pictures.Picture("2/5/a", page: 1));
        site.Shelf.Put(Pictures.Picture("2/5/b", page: 2));
        return site.InitializeAsync();
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task gives_the_same_bytes_under_the_same_strong_tag()
    {
        var (tag, first) = await Read(Book);
        var (again, second) = await Read(Book);

        (again, second).ShouldBe((tag, first));
        tag.ShouldStartWith("\"");
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("W/{0}")]
    [InlineData("\"other\", {0}")]
    [InlineData("*")]
    public async Task says_not_modified_to_who_has_it(string known)
    {
        var (tag, _) = await Read(Book);

        using var response = await site.Get(Book, ("If-None-Match", string.Format(null, known, tag)));

        response.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        response.Headers.ETag!.ToString().ShouldBe(tag);
        response.Headers.Vary.ShouldBe(["Accept", "Accept-Encoding"]);
        response.Headers.CacheControl!.ToString().ShouldBe("public, must-revalidate, max-age=0, s-maxage=10");
    }

    [Fact]
    public async Task has_another_tag_when_an_image_is_described_otherwise() => await Changes(() =>
        site.Shelf.Put(Pictures.Picture("2/5/a", page: 1).Described(i => i with { String2 = "x" })));

    [Fact]
    public async Task has_another_tag_when_an_image_comes() =>
        await Changes(() => site.Shelf.Put(Pictures.Picture("2/5/c", page: 3)));

    [Fact]
    public async Task has_another_tag_when_an_image_goes() =>
        await Changes(() => site.Shelf.Remove(ImageId.Parse("2/5/b")));

    [Fact]
    public async Task has_another_tag_in_another_form_or_place()
    {
        var tags = new[]
        {
            await Read(Book), await Read("/iiif-resource/v3/2/book/book"), await Read("/iiif-resource/v2/2/book/book"),
            await Read(Book, ("Accept", "application/json")), await Read("/raw-resource/2/book/book"),
            await Read("/iiif-manifest/2/5/a"),
        };

        tags.Select(t => t.Tag).ShouldBeUnique();
    }

    private async Task Changes(Action change)
    {
        var (before, _) = await Read(Book);
        change();

        using var response = await site.Get(Book, ("If-None-Match", before));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.ETag!.ToString().ShouldNotBe(before);
    }

    private async Task<(string Tag, string Body)> Read(string path, params (string, string)[] headers)
    {
        using var response = await site.Get(path, headers);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (response.Headers.ETag.ShouldNotBeNull().ToString(),
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}

using System.IO.Compression;
using System.Net;

namespace Dlcs.Integration.Presentation;

public sealed class NegotiatingAManifest : IAsyncLifetime
{
    private const string Book = "/iiif-resource/2/book/book";
    private const string JsonLd3 = "application/ld+json;profile=\"http://iiif.io/api/presentation/3/context.json\"";
    private const string JsonLd2 = "application/ld+json;profile=\"http://iiif.io/api/presentation/2/context.json\"";
    private const string Both = "application/ld+json;profile=\"http://iiif.io/api/presentation/2/context.json"
        + " http://iiif.io/api/presentation/3/context.json\"";
    private readonly PublicSite site = new();

    public ValueTask InitializeAsync()
    {
        for (var page = 1; page <= 100; page++) site.Shelf.Put(Pictures.Picture($"2/5/{page}", page: page));
        return site.InitializeAsync();
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Theory]
    [InlineData(Book, null, JsonLd3)]
    [InlineData(Book, "*/*", JsonLd3)]
    [InlineData(Book, "text/html,application/xhtml+xml,*/*;q=0.8", JsonLd3)]
    [InlineData(Book, "application/json", "application/json")]
    [InlineData(Book, "application/json, text/html", "application/json")]
    [InlineData(Book, "application/json, */*", JsonLd3)]
    [InlineData(Book, "application/json, application/ld+json", JsonLd3)]
    [InlineData(Book, "application/json, */*;q=0", "application/json")]
    [InlineData(Book, "application/json, application/ld+json;q=0.1", "application/json")]
    [InlineData(Book, "application/json;q=0.1, application/ld+json", JsonLd3)]
    [InlineData(Book, JsonLd3 + ";q=0.1, application/json", "application/json")]
    [InlineData(Book, Both, JsonLd3)]
    [InlineData(Book, "text/turtle", JsonLd3)]
    [InlineData(Book, JsonLd2, JsonLd2)]
    [InlineData(Book, JsonLd2 + ";q=0.5, " + JsonLd3, JsonLd3)]
    [InlineData(Book, "not a media type", JsonLd3)]
    [InlineData("/iiif-resource/v2/2/book/book", null, "application/json")]
    [InlineData("/iiif-resource/v2/2/book/book", "*/*", "application/json")]
    [InlineData("/iiif-resource/v2/2/book/book", JsonLd3, JsonLd2)]
    [InlineData("/iiif-manifest/v3/2/5/1", JsonLd2, JsonLd3)]
    [InlineData("/iiif-manifest/v2/2/5/1", "application/json", "application/json")]
    public async Task answers_in_the_form_that_is_asked_for(string path, string? accept, string contentType)
    {
        using var response = await site.Get(path, accept is null ? [] : [("Accept", accept)]);

        response.Content.Headers.NonValidated["Content-Type"].ToString().ShouldBe(contentType);
        response.Headers.Vary.ShouldBe(["Accept", "Accept-Encoding"]);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        response.Headers.GetValues("Access-Control-Expose-Headers").ShouldBe(
            ["ETag, Link, Retry-After, x-asset-id, x-thumb-match"]);
        var isPlain = contentType is "application/json";
        response.Headers.TryGetValues("Link", out var links).ShouldBe(isPlain);
        if (isPlain) links.ShouldNotBeNull().Single().ShouldContain("rel=\"http://www.w3.org/ns/json-ld#context\"");
    }

    [Fact]
    public async Task writes_presentation_2_with_services_of_version_2_alone()
    {
        var manifest = await site.Json("/iiif-resource/v2/2/book/book");

        manifest.GetProperty("@context").GetString().ShouldBe("http://iiif.io/api/presentation/2/context.json");
        manifest.GetProperty("@type").GetString().ShouldBe("sc:Manifest");
        var sequence = manifest.GetProperty("sequences").EnumerateArray().ShouldHaveSingleItem();
        sequence.GetProperty("@id").GetString().ShouldBe("https://dlcs.example/iiif-query/sequence/0");
        sequence.GetProperty("canvases").GetArrayLength().ShouldBe(100);
        var canvas = sequence.GetProperty("canvases")[0];
        var annotation = canvas.GetProperty("images").EnumerateArray().ShouldHaveSingleItem();
        annotation.GetProperty("motivation").GetString().ShouldBe("sc:painting");
        annotation.GetProperty("on").GetString().ShouldBe(canvas.GetProperty("@id").GetString());
        annotation.GetProperty("resource").GetProperty("service").GetRawText().ShouldBe(
            """{"@context":"http://iiif.io/api/image/2/context.json","@id":"https://dlcs.example/iiif-img/v2/2/5/1","""
            + """
            "profile":"http://iiif.io/api/image/2/level2.json","height":4000,"width":3000}
            """);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task compresses_to_the_same_document(string coding)
    {
        using var plain = await site.Get(Book);
        using var compressed = await site.Get(Book, ("Accept-Encoding", coding));

        compressed.Content.Headers.ContentEncoding.ShouldBe([coding]);
        var bytes = await compressed.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var document = await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Decompress(bytes, coding).ShouldBe(document);
        bytes.Length.ShouldBeLessThan(document.Length / 10);
        compressed.Headers.ETag.ShouldNotBe(plain.Headers.ETag);
    }

    [Theory]
    [InlineData("gzip, br;q=0.1", "gzip")]
    [InlineData("gzip;q=0.5, br;q=0.6", "br")]
    [InlineData("gzip;q=0, BR;q=0.1", "br")]
    [InlineData("gzip, br", "br")]
    public async Task compresses_as_the_client_likes_best(string accepted, string coding)
    {
        using var response = await site.Get(Book, ("Accept-Encoding", accepted));

        response.Content.Headers.ContentEncoding.ShouldBe([coding]);
    }

    [Fact]
    public async Task does_not_compress_for_those_who_refuse()
    {
        using var response = await site.Get(Book, ("Accept-Encoding", "br;q=0, gzip;q=0, *"));

        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Book)]
    [InlineData("/raw-resource/2/book/book")]
    public async Task to_head_answers_the_head_alone(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await site.Client.SendAsync(request, TestContext.Current.CancellationToken);
        using var get = await site.Get(path);

        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Headers.ETag.ShouldBe(get.Headers.ETag.ShouldNotBeNull());
        head.Content.Headers.ContentType.ShouldBe(get.Content.Headers.ContentType);
        (await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task to_options_says_what_a_script_may_ask()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, Book);
        request.Headers.Add("Origin", "https://viewer.example");
        request.Headers.Add("Access-Control-Request-Method", "GET");
        using var response = await site.Client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        response.Headers.GetValues("Access-Control-Allow-Methods").ShouldBe(["GET, HEAD, OPTIONS"]);
    }

    private static string Decompress(byte[] bytes, string coding)
    {
        using var source = new MemoryStream(bytes);
        using Stream stream = coding is "br"
            ? new BrotliStream(source, CompressionMode.Decompress) : new GZipStream(source, CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

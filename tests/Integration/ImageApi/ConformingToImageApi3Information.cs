using System.Net;
using System.Text.Json;

namespace Dlcs.Integration.ImageApi;

/// <summary>https://iiif.io/api/image/3.0/#5-image-information and #7-server-responses.</summary>
public sealed class ConformingToImageApi3Information(PublicHost host) : IClassFixture<PublicHost>
{
    private const string Service = "/iiif-img/2/5/folio";

    private async Task<JsonElement> Read(string path)
    {
        using var response = await host.Get(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await PublicHost.Json(response);
    }

    // 5.1 "If the request does not include an Accept header, the HTTP Content-Type header of the response SHOULD have
    // the value application/ld+json (JSON-LD) with the profile parameter given as the context document"
    [Fact]
    public async Task content_type()
    {
        using var response = await host.Get($"{Service}/info.json");

        response.Content.Headers.GetValues("Content-Type").ShouldBe(
            ["application/ld+json; profile=\"http://iiif.io/api/image/3/context.json\""]);
        response.Headers.Vary.ShouldBe(["Accept"]);
        PublicHost.SaidLength(response).ShouldBeGreaterThan(0);
    }

    // 5.2 "The @context property SHOULD appear as the very first key-value pair" "id: The base URI of the image [...]
    // including scheme, server, prefix and identifier without a trailing slash."
    [Theory]
    [InlineData(Service)]
    [InlineData("/iiif-img/wellcome/5/folio")]
    [InlineData("/iiif-img/2/5/ark:%2F12025%2F654xz321")]
    public async Task technical_properties(string service)
    {
        var info = await Read($"{service}/info.json");

        info.EnumerateObject().First().Name.ShouldBe("@context");
        info.GetProperty("@context").GetString().ShouldBe("http://iiif.io/api/image/3/context.json");
        info.GetProperty("id").GetString().ShouldBe(host.Url + service);
        info.GetProperty("type").GetString().ShouldBe("ImageService3");
        info.GetProperty("protocol").GetString().ShouldBe("http://iiif.io/api/image");
        info.GetProperty("profile").GetString().ShouldBe("level2");
        (info.GetProperty("width").GetInt32(), info.GetProperty("height").GetInt32()).ShouldBe((1300, 900));
        (info.GetProperty("maxWidth").GetInt32(), info.GetProperty("maxHeight").GetInt32()).ShouldBe((5000, 5000));
    }

    // 5.3 "A request constructed with the w,h syntax using these sizes MUST be supported by the server"
    [Fact]
    public async Task sizes()
    {
        var sizes = (await Read($"{Service}/info.json")).GetProperty("sizes").EnumerateArray()
            .Select(size => (size.GetProperty("width").GetInt32(), size.GetProperty("height").GetInt32())).ToList();

        sizes.ShouldBe([(100, 69), (163, 113), (200, 138), (325, 225), (400, 277)]);
        foreach (var (width, height) in sizes)
        {
            using var image = await host.Look($"{Service}/full/{width},{height}/0/default.jpg");
            (image.Width, image.Height).ShouldBe((width, height));
        }
    }

    // 5.4 "The width and height should be used to fill the size parameter, and be used together with the scaleFactors
    // to compute the region parameter of the image requests."
    [Fact]
    public async Task tiles_put_together_are_the_picture()
    {
        var tiles = (await Read($"{Service}/info.json")).GetProperty("tiles").EnumerateArray().ShouldHaveSingleItem();

        (tiles.GetProperty("width").GetInt32(), tiles.GetProperty("height").GetInt32()).ShouldBe((256, 256));
        tiles.GetProperty("scaleFactors").EnumerateArray().Select(f => f.GetInt32()).ShouldBe([1, 2, 4, 8]);
        foreach (var factor in new[] { 1, 2, 4, 8 })
        {
            using var whole = await Viewer.PutTogether(host.Look, Service, 1300, 900, 256, factor);
            using var expected = Picture.Halved(host.Folio, factor);
            Picture.Likeness(whole, expected).ShouldBeGreaterThan(28);
        }
    }

    // 5.7 "services that make additional qualities beyond default available MUST list those qualities" (4.4), and every
    // format and feature that is listed works
    [Fact]
    public async Task extra_functionality()
    {
        var info = await Read($"{Service}/info.json");
        string[] List(string name) => [.. info.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

        List("extraQualities").ShouldBe(["color", "gray", "bitonal"]);
        List("extraFeatures").ShouldBe(["canonicalLinkHeader", "mirroring", "profileLinkHeader", "rotationArbitrary"]);
        List("extraFormats").ShouldContain("webp");
        foreach (var format in List("extraFormats"))
            (await host.Get($"{Service}/full/50,/0/default.{format}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    // 7 "Servers SHOULD support the HTTP OPTIONS method as part of the CORS preflight request pattern, and it is
    // RECOMMENDED that implementations also support the HTTP HEAD method."
    [Theory]
    [InlineData($"{Service}/info.json")]
    [InlineData($"{Service}/full/200,138/0/default.jpg")]
    [InlineData($"{Service}/0,0,256,256/256,256/0/default.jpg")]
    [InlineData($"{Service}/full/123,/0/default.png")]
    public async Task head_and_options(string path)
    {
        using var get = await host.Get(path);
        using var head = await host.Send(HttpMethod.Head, path);
        using var options = await host.Send(HttpMethod.Options, path);

        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        PublicHost.SaidLength(get).ShouldBeGreaterThan(0);
        PublicHost.SaidLength(head).ShouldBe(PublicHost.SaidLength(get));
        head.Headers.ETag.ShouldBe(get.Headers.ETag);
        options.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        options.Headers.GetValues("Access-Control-Allow-Methods").ShouldBe(["GET, HEAD, OPTIONS"]);
        foreach (var response in new[] { get, head, options })
            response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
    }

    // 7.3 "404: The image resource specified by identifier does not exist"; 7.1 "Servers SHOULD support reuse of Image
    // API resources by following the relevant requirements of the CORS specification"
    [Theory]
    [InlineData("/iiif-img/2/5/nothing/info.json", HttpStatusCode.NotFound)]
    [InlineData("/iiif-img/2/5/nothing/full/max/0/default.jpg", HttpStatusCode.NotFound)]
    [InlineData("/iiif-img/nobody/5/folio/info.json", HttpStatusCode.NotFound)]
    [InlineData("/iiif-img/2/five/folio/info.json", HttpStatusCode.NotFound)]
    [InlineData($"{Service}/full/0,/0/default.jpg", HttpStatusCode.BadRequest)]
    [InlineData($"{Service}/more/info.json", HttpStatusCode.NotFound)]
    public async Task errors_allow_any_origin_too(string path, HttpStatusCode status)
    {
        using var response = await host.Get(path);

        response.StatusCode.ShouldBe(status);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        PublicHost.SaidLength(response).ShouldBeGreaterThan(0);
    }

    // 2 "When the base URI is dereferenced, the interaction should result in the image information document. It is
    // recommended that the response be a 303 status redirection"
    [Theory]
    [InlineData("/iiif-img/2/5/folio", "/iiif-img/2/5/folio/info.json")]
    [InlineData("/iiif-img/2/5/folio/", "/iiif-img/2/5/folio/info.json")]
    [InlineData("/iiif-img/v3/2/5/folio", "/iiif-img/2/5/folio/info.json")]
    [InlineData("/iiif-img/v3/2/5/folio/info.json", "/iiif-img/2/5/folio/info.json")]
    [InlineData("/iiif-img/v2/2/5/folio", "/iiif-img/v2/2/5/folio/info.json")]
    public async Task base_uri_redirects(string path, string location)
    {
        using var response = await host.Get(path);

        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        response.Headers.Location.ShouldBe(new Uri(host.Url + location));
    }
}

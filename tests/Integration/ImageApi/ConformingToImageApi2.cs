using System.Net;
using NetVips;

namespace Dlcs.Integration.ImageApi;

/// <summary>https://iiif.io/api/image/2.1/; the picture is 1300 x 900.</summary>
public sealed class ConformingToImageApi2(PublicHost host) : IClassFixture<PublicHost>
{
    private const string Service = "/iiif-img/v2/2/5/folio";

    private async Task Shows(string request, Image expected)
    {
        using (expected)
        {
            using var image = await host.Look($"{Service}/{request}");
            Picture.Likeness(image, expected).ShouldBeGreaterThan(30);
        }
    }

    // 4.2 "full: The image or region is not scaled, and is returned at its full size." "max: [...] This is the same as
    // full if none of these properties are provided."
    [Theory]
    [InlineData("full/full/0/default.png")]
    [InlineData("full/max/0/default.png")]
    [InlineData("0,0,1300,900/pct:100/0/color.png")]
    public Task size_full(string request) => Shows(request, host.Folio.Copy());

    // 4.1 "The region to be returned is specified as a sequence of percentages"; compliance 3.1: regionByPct
    [Theory]
    [InlineData("pct:50,50,50,50", 650, 450, 650, 450)]
    [InlineData("square", 200, 0, 900, 900)]
    [InlineData("1000,700,1000,1000", 1000, 700, 300, 200)]
    public Task region(string region, int x, int y, int w, int h) =>
        Shows($"{region}/full/0/default.png", host.Folio.Crop(x, y, w, h));

    // 4.2 "w,: The image or region should be scaled so that its width is exactly equal to w, and the height will be a
    // calculated value that maintains the aspect ratio of the extracted region." and the other forms
    [Theory]
    [InlineData("650,", 650, 450)]
    [InlineData(",225", 325, 225)]
    [InlineData("pct:50", 650, 450)]
    [InlineData("600,200", 600, 200)]
    [InlineData("!500,500", 500, 346)]
    [InlineData("!5000,5000", 1300, 900)] // "less than or equal to the requested width and height"
    public Task size(string size, int width, int height) => Shows(
        $"full/{size}/0/default.png", host.Folio.Resize(width / 1300.0, vscale: height / 900.0));

    // 4.2 "If the resulting height or width is zero, then the server SHOULD return a 400 (bad request) status code."
    // "The image server MAY support scaling above the full size": this one does not; the caret belongs to 3.0
    [Theory]
    [InlineData("full/0,/0/default.jpg")]
    [InlineData("full/pct:0.01/0/default.jpg")]
    [InlineData("full/1301,/0/default.jpg")]
    [InlineData("full/^100,/0/default.jpg")]
    [InlineData("full/^max/0/default.jpg")]
    [InlineData("0,0,0,0/full/0/default.jpg")]
    [InlineData("1300,0,1,1/full/0/default.jpg")]
    [InlineData("full/full/361/default.jpg")]
    [InlineData("full/full/0/native.jpg")]
    [InlineData("full/full/0/default.xyz")]
    public async Task refusals(string request) =>
        (await host.Get($"{Service}/{request}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    // compliance 3.3 and 3.4: rotationBy90s, bitonal, color and gray are REQUIRED at level 2
    [Fact]
    public async Task rotation_and_qualities()
    {
        await Shows("full/full/90/default.png", host.Folio.Rot90());
        await Shows("full/full/!270/color.png", host.Folio.FlipHor().Rot270());
        await Shows("full/full/0/gray.png", host.Folio.Colourspace(Enums.Interpretation.Bw));
        using var bitonal = await host.Look($"{Service}/full/full/0/bitonal.png");
        bitonal.Bands.ShouldBe(1);
        using var between = (bitonal > 0) & (bitonal < 255);
        between.Max().ShouldBe(0);
    }

    // 4.7 "full if the default size is requested, the w, syntax for images that should be scaled maintaining the aspect
    // ratio, and the w,h syntax for explicit sizes that change the aspect ratio"
    [Theory]
    [InlineData("full/max/0/default.jpg", "full/full/0/default.jpg")]
    [InlineData("full/650,450/0/default.jpg", "full/650,/0/default.jpg")]
    [InlineData("full/650,400/0/default.jpg", "full/650,400/0/default.jpg")]
    public async Task canonical_and_profile_links(string request, string canonical)
    {
        using var response = await host.Get($"{Service}/{request}");

        response.Headers.GetValues("Link").ShouldHaveSingleItem().ShouldBe(
            $"<{host.Url}{Service}/{canonical}>;rel=\"canonical\", "
            + "<http://iiif.io/api/image/2/level2.json>;rel=\"profile\"");
    }

    // 5.2 and 6 "including a compliance level URI as the first entry in the profile property"
    [Fact]
    public async Task information()
    {
        using var response = await host.Get($"{Service}/info.json");
        var info = await PublicHost.Json(response);

        info.GetProperty("@context").GetString().ShouldBe("http://iiif.io/api/image/2/context.json");
        info.GetProperty("@id").GetString().ShouldBe(host.Url + Service);
        info.GetProperty("protocol").GetString().ShouldBe("http://iiif.io/api/image");
        (info.GetProperty("width").GetInt32(), info.GetProperty("height").GetInt32()).ShouldBe((1300, 900));
        var profile = info.GetProperty("profile");
        profile[0].GetString().ShouldBe("http://iiif.io/api/image/2/level2.json");
        profile[1].GetProperty("maxWidth").GetInt32().ShouldBe(5000);
        profile[1].GetProperty("supports").EnumerateArray().Select(feature => feature.GetString()).ShouldBe(
            ["canonicalLinkHeader", "mirroring", "profileLinkHeader", "regionSquare", "rotationArbitrary"]);
        info.TryGetProperty("id", out _).ShouldBeFalse();
    }

    // 5.1 "If the client explicitly wants the JSON-LD content-type, then it MUST specify this in an Accept header,
    // otherwise the server MUST return the regular JSON content-type."
    [Theory]
    [InlineData("*/*", "application/json")]
    [InlineData("application/ld+json", "application/ld+json")]
    public async Task content_type(string accept, string mediaType)
    {
        using var response = await host.Get($"{Service}/info.json", ("Accept", accept));

        response.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe(mediaType);
        response.Headers.GetValues("Access-Control-Expose-Headers").ShouldHaveSingleItem().ShouldContain("Link");

        // "If the regular JSON content-type is returned, then it is RECOMMENDED that the server provide a link header
        // to the context document."
        response.Headers.GetValues("Link").ShouldHaveSingleItem().ShouldBe(
            "<http://iiif.io/api/image/2/level2.json>;rel=\"profile\"" + (mediaType is "application/ld+json" ? ""
            : ", <http://iiif.io/api/image/2/context.json>;"
                + "rel=\"http://www.w3.org/ns/json-ld#context\";type=\"application/ld+json\""));
    }

    // A client that asks the unversioned URL for 2.1 gets a document whose requests are those of 2.1.
    [Fact]
    public async Task negotiated_information_leads_to_requests_of_2_1()
    {
        using var response = await host.Get("/iiif-img/2/5/folio/info.json",
            ("Accept", "application/ld+json;profile=\"http://iiif.io/api/image/2/context.json\""));
        var info = await PublicHost.Json(response);

        info.GetProperty("@id").GetString().ShouldBe(host.Url + Service);
        response.Headers.Vary.ShouldBe(["Accept"]);
    }

    // https://iiif.io/api/image/2.1/#a-implementation-notes: viewers spell sizes "w,", at the edges too
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task tiles_put_together_are_the_picture(int factor)
    {
        using var whole = await Viewer.PutTogether(host.Look, Service, 1300, 900, 256, factor, only2: true);
        using var expected = Picture.Halved(host.Folio, factor);

        Picture.Likeness(whole, expected).ShouldBeGreaterThan(28);
    }
}

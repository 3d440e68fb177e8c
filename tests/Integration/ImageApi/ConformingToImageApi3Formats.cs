using System.Net;
using NetVips;

namespace Dlcs.Integration.ImageApi;

/// <summary>Qualities, formats, order, canonical URIs: https://iiif.io/api/image/3.0/#44-quality and on.</summary>
public sealed class ConformingToImageApi3Formats(PublicHost host) : IClassFixture<PublicHost>
{
    private const string Service = "/iiif-img/2/5/folio";

    // 4.4 "The image is returned with all of its color information."
    [Theory]
    [InlineData("color")]
    [InlineData("default")]
    public async Task quality_color(string quality)
    {
        using var image = await host.Look($"{Service}/full/max/0/{quality}.png");

        image.Bands.ShouldBe(3);
        Picture.Likeness(image, host.Folio).ShouldBeGreaterThan(30);
    }

    // 4.4 "The image is returned in grayscale, where each pixel is black, white or any shade of gray in between."
    [Fact]
    public async Task quality_gray()
    {
        using var image = await host.Look($"{Service}/full/max/0/gray.png");
        using var expected = host.Folio.Colourspace(Enums.Interpretation.Bw);

        image.Bands.ShouldBe(1);
        Picture.Likeness(image, expected).ShouldBeGreaterThan(30);
    }

    // 4.4 "The image returned is bitonal, where each pixel is either black or white."
    [Theory]
    [InlineData("png")]
    [InlineData("webp")]
    [InlineData("tif")]
    public async Task quality_bitonal(string format)
    {
        using var image = await host.Look($"{Service}/full/300,/0/bitonal.{format}");
        using var band = image[0];
        using var between = (band > (format is "webp" ? 40 : 0)) & (band < (format is "webp" ? 215 : 255));

        between.Avg().ShouldBeLessThan(format is "webp" ? 5 : 0.001);
        band.Avg().ShouldBeInRange(50, 205);
    }

    // 4.4 "A request for an image with an unsupported quality value SHOULD return a 400 (Bad Request) status code."
    // 4.5 "A format value that is unsupported SHOULD result in a 400 (Bad Request) status code."
    [Theory]
    [InlineData("full/max/0/sepia.jpg")]
    [InlineData("full/max/0/native.jpg")]
    [InlineData("full/max/0/default.xyz")]
    [InlineData("full/max/0/default.pdf")]
    [InlineData("full/max/0/default")]
    public async Task quality_and_format_unsupported(string request) =>
        (await host.Get($"{Service}/{request}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    // 4.5 "The format of the returned image is expressed as a suffix, mirroring common filename extensions"
    [Theory]
    [InlineData("jpg", "image/jpeg", "jpegload_buffer")]
    [InlineData("png", "image/png", "pngload_buffer")]
    [InlineData("webp", "image/webp", "webpload_buffer")]
    [InlineData("gif", "image/gif", "gifload_buffer")]
    [InlineData("tif", "image/tiff", "tiffload_buffer")]
    public async Task format(string extension, string mediaType, string loader)
    {
        using var response = await host.Get($"{Service}/full/301,/0/default.{extension}");
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        response.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe(mediaType);
        PublicHost.SaidLength(response).ShouldBe(bytes.Length);
        using var image = Image.NewFromBuffer(bytes);
        image.Get("vips-loader").ShouldBe(loader);
        (image.Width, image.Height).ShouldBe((301, 208));
    }

    // 4.6 "Region THEN Size THEN Rotation THEN Quality THEN Format" "the mirroring is applied before the rotation"
    [Fact]
    public async Task order_of_implementation()
    {
        using var image = await host.Look($"{Service}/100,50,800,400/400,200/!90/gray.png");
        using var region = host.Folio.Crop(100, 50, 800, 400);
        using var scaled = region.Resize(0.5);
        using var mirrored = scaled.FlipHor();
        using var turned = mirrored.Rot90();
        using var expected = turned.Colourspace(Enums.Interpretation.Bw);

        Picture.Likeness(image, expected).ShouldBeGreaterThan(30);
    }

    // 4.8 "When the client requests an image, the server MAY add a link header to the response that indicates the
    // canonical URI for that request"
    // 6 "The compliance level MAY also be given in a HTTP Link header [...] with the parameter rel="profile", on both
    // Image and Image Information responses."
    [Theory]
    [InlineData("full/max/0/default.jpg", "full/max/0/default.jpg")]
    [InlineData("0,0,1300,900/!400,400/0/color.jpg", "full/400,277/0/default.jpg")]
    [InlineData("pct:0,0,50,50/pct:50/90.0/gray.png", "0,0,650,450/325,225/90/gray.png")]
    [InlineData("1280,768,500,500/20,/0/default.jpg", "1280,768,20,132/max/0/default.jpg")]
    public async Task canonical_and_profile_links(string request, string canonical)
    {
        using var response = await host.Get($"{Service}/{request}");

        response.Headers.GetValues("Link").ShouldHaveSingleItem().ShouldBe(
            $"<{host.Url}{Service}/{canonical}>;rel=\"canonical\", "
            + "<http://iiif.io/api/image/3/level2.json>;rel=\"profile\"");
    }

    // 9 "any slashes within the identifier part of the URI MUST be percent-encoded"
    [Theory]
    [InlineData("/iiif-img/2/5/ark:%2F12025%2F654xz321/full/100,/0/default.jpg", HttpStatusCode.OK)]
    [InlineData("/iiif-img/2/5/ark%3A%2f12025%2f654xz321/full/100,/0/default.jpg", HttpStatusCode.OK)]
    [InlineData("/iiif-img/2/5/ark:/12025/654xz321/full/100,/0/default.jpg", HttpStatusCode.NotFound)]
    [InlineData("/iiif-img/2/5/ark:%252F12025%252F654xz321/full/100,/0/default.jpg", HttpStatusCode.NotFound)]
    [InlineData("/iiif-img/2/5/[folio]/info.json", HttpStatusCode.NotFound)]
    public async Task identifiers_with_slashes(string path, HttpStatusCode status) =>
        (await host.Get(path)).StatusCode.ShouldBe(status);
}

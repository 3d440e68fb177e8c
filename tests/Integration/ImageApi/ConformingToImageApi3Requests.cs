using System.Net;
using NetVips;

namespace Dlcs.Integration.ImageApi;

/// <summary>https://iiif.io/api/image/3.0/#4-image-requests; the picture is 1300 x 900.</summary>
public sealed class ConformingToImageApi3Requests(PublicHost host) : IClassFixture<PublicHost>
{
    private const string Service = "/iiif-img/2/5/folio";

    private async Task Shows(string request, Image expected, double likeness = 30)
    {
        using (expected)
        {
            using var image = await host.Look($"{Service}/{request}");
            Picture.Likeness(image, expected).ShouldBeGreaterThan(likeness);
        }
    }

    private async Task Refuses(string request, HttpStatusCode status)
    {
        using var response = await host.Get($"{Service}/{request}");
        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe("text/plain");
        (await response.Content.ReadAsStringAsync()).ShouldEndWith(".\n");
    }

    // 4.1 "The full image is returned, without any cropping."
    [Fact]
    public Task region_full() => Shows("full/max/0/default.png", host.Folio.Copy());

    // 4.1 "The region is defined as an area where the width and height are both equal to the length of the shorter
    // dimension of the full image."
    [Fact]
    public Task region_square() => Shows("square/max/0/default.png", host.Folio.Crop(200, 0, 900, 900));

    // 4.1 "The region of the full image to be returned is specified in terms of absolute pixel values."
    [Theory]
    [InlineData(0, 0, 256, 256)]
    [InlineData(256, 512, 256, 256)]
    [InlineData(1280, 768, 20, 132)]
    [InlineData(3, 5, 700, 600)]
    [InlineData(255, 255, 2, 2)]
    [InlineData(1299, 899, 1, 1)]
    public Task region_by_pixels(int x, int y, int w, int h) =>
        Shows($"{x},{y},{w},{h}/max/0/default.jpg", host.Folio.Crop(x, y, w, h), likeness: 28);

    // 4.1 "The region to be returned is specified as a sequence of percentages of the full image's dimensions"
    [Fact]
    public Task region_by_percent() =>
        Shows("pct:10,20.5,50,40/max/0/default.png", host.Folio.Crop(130, 185, 650, 360));

    // 4.1 "If the request specifies a region which extends beyond the dimensions of the full image [...] then the
    // service SHOULD return an image cropped at the image's edge, rather than adding empty space."
    [Theory]
    [InlineData("1200,800,500,500")]
    [InlineData("1200,800,99999999999,99999999999")]
    public Task region_beyond_the_edge(string region) =>
        Shows($"{region}/max/0/default.png", host.Folio.Crop(1200, 800, 100, 100), likeness: 28);

    // 4.1 "If the requested region's height or width is zero, or if the region is entirely outside the bounds of the
    // reported dimensions, then the server SHOULD return a 400 (Bad Request) status code."
    [Theory]
    [InlineData("0,0,0,10")]
    [InlineData("0,0,10,0")]
    [InlineData("1300,0,10,10")]
    [InlineData("pct:100,0,10,10")]
    [InlineData("pct:0,0,0,0")]
    public Task region_empty_or_outside(string region) =>
        Refuses($"{region}/max/0/default.jpg", HttpStatusCode.BadRequest);

    // 4.2 "the returned image maintains the aspect ratio of the extracted region as closely as possible" (and "w,h":
    // "The width and height of the returned image are exactly w and h.")
    [Theory]
    [InlineData("650,", 650, 450)]
    [InlineData(",225", 325, 225)]
    [InlineData("pct:50", 650, 450)]
    [InlineData("600,200", 600, 200)]
    [InlineData("!500,500", 500, 346)]
    [InlineData("^500,", 500, 346)]
    public Task size(string size, int width, int height) => Shows(
        $"full/{size}/0/default.png", host.Folio.Resize(width / 1300.0, vscale: height / 900.0));

    // 4.2 "!w,h": "The returned image MUST be as large as possible but not larger than the extracted region, w or h"
    [Fact]
    public Task size_in_a_box_larger_than_the_picture() => Shows("full/!5000,5000/0/default.png", host.Folio.Copy());

    // 4.2 "Requests for sizes not prefixed with ^ that result in a scaled region with pixel dimensions greater than the
    // pixel dimensions of the extracted region are errors that SHOULD result in a 400 (Bad Request) status code."
    [Theory]
    [InlineData("1301,")]
    [InlineData(",901")]
    [InlineData("pct:101")]
    [InlineData("1300,901")]
    public Task size_larger_than_the_region(string size) =>
        Refuses($"full/{size}/0/default.jpg", HttpStatusCode.BadRequest);

    // 4.2 "Requests for sizes prefixed with ^ that require upscaling SHOULD result in a 501 (Not Implemented) status
    // code if the server does not support upscaling, while a 400 (Bad Request) status code SHOULD be returned in
    // response to other client request syntax errors."
    [Theory]
    [InlineData("^pct:120", HttpStatusCode.NotImplemented)]
    [InlineData("^1400,", HttpStatusCode.NotImplemented)]
    [InlineData("^max", HttpStatusCode.NotImplemented)]
    [InlineData("^", HttpStatusCode.BadRequest)]
    [InlineData("^pct:", HttpStatusCode.BadRequest)]
    [InlineData("%5E1400,", HttpStatusCode.NotImplemented)]
    public Task size_upscaled(string size, HttpStatusCode status) => Refuses($"full/{size}/0/default.jpg", status);

    // 4.2 "For all requests the pixel dimensions of the scaled region MUST NOT be less than 1 pixel"
    [Theory]
    [InlineData("0,")]
    [InlineData("pct:0")]
    [InlineData("pct:0.01")]
    [InlineData("0,0")]
    [InlineData("!0,0")]
    public Task size_vanishing(string size) =>
        Refuses($"full/{size}/0/default.jpg", HttpStatusCode.BadRequest);

    // 4.3 "The degrees of clockwise rotation from 0 up to 360." "The image should be mirrored and then rotated"
    [Theory]
    [InlineData("0", Enums.Angle.D0, false)]
    [InlineData("90", Enums.Angle.D90, false)]
    [InlineData("180", Enums.Angle.D180, false)]
    [InlineData("270", Enums.Angle.D270, false)]
    [InlineData("360", Enums.Angle.D0, false)]
    [InlineData("!0", Enums.Angle.D0, true)]
    [InlineData("!90", Enums.Angle.D90, true)]
    [InlineData("!180", Enums.Angle.D180, true)]
    public Task rotation(string rotation, Enums.Angle angle, bool mirrored)
    {
        using var flipped = mirrored ? host.Folio.FlipHor() : host.Folio.Copy();
        return Shows($"full/max/{rotation}/default.png", flipped.Rot(angle));
    }

    // 4.3 "The service SHOULD return an image that contains all of the image contents [...] there SHOULD be no
    // additional space between the corners of the rotated image contents and the bounding box of the returned image."
    // "it is RECOMMENDED [...] that the server return the image with a transparent background."
    [Fact]
    public async Task rotation_by_any_angle()
    {
        using var image = await host.Look($"{Service}/full/400,/30/default.png");

        image.Width.ShouldBeInRange(483, 486); // 400 cos 30 + 277 sin 30 = 484.9
        image.Height.ShouldBeInRange(438, 441); // 400 sin 30 + 277 cos 30 = 439.9
        image.Bands.ShouldBe(4);
        image[2, 2][3].ShouldBe(0);
        image[image.Width / 2, image.Height / 2][3].ShouldBe(255);
        using var opaque = image[3] > 128;
        (opaque.Avg() / 255 * image.Width * image.Height).ShouldBe(400 * 277, tolerance: 1000);
    }

    [Fact]
    public async Task rotation_by_any_angle_on_white_where_nothing_is_transparent()
    {
        using var image = await host.Look($"{Service}/full/400,/30/default.jpg");

        image.Bands.ShouldBe(3);
        image[2, 2].ShouldAllBe(value => value > 250);
    }

    // 4.3 "A rotation value that is out of range or unsupported SHOULD result in a 400 (Bad Request) status code."
    [Theory]
    [InlineData("361")]
    [InlineData("-90")]
    [InlineData("!")]
    [InlineData("left")]
    public Task rotation_out_of_range(string rotation) =>
        Refuses($"full/max/{rotation}/default.jpg", HttpStatusCode.BadRequest);
}

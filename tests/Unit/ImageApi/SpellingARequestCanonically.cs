using Dlcs.Iiif.ImageApi;

namespace Dlcs.Unit.ImageApi;

public sealed class SpellingARequestCanonically
{
    private static readonly SizeLimits Limits = new(1000, 1000);

    private static string Of(string text, ApiVersion version)
    {
        var request = ImageRequest.Parse(text, version).Value.ShouldNotBeNull();
        var frame = Framing.Of(request.Region, request.Size, 3000, 2000, Limits).Value.ShouldNotBeNull();
        return Canonical.Of(request, frame, Limits, version);
    }

    [Theory]
    [InlineData("full/max/0/default.jpg", "full/max/0/default.jpg")]
    [InlineData("0,0,3000,2000/1000,/0/color.jpg", "full/max/0/default.jpg")]
    [InlineData("pct:0,0,100,100/!600,600/360/gray.png", "full/600,400/0/gray.png")]
    [InlineData("square/100,/!22.50/bitonal.jpg", "500,0,2000,2000/100,100/!22.5/bitonal.jpg")]
    [InlineData("2900,1900,500,500/max/0.5/default.jpg", "2900,1900,100,100/max/0.5/default.jpg")]
    public void in_3_0(string text, string canonical) => Of(text, ApiVersion.V3).ShouldBe(canonical);

    [Theory]
    [InlineData("full/max/0/default.jpg", "full/1000,/0/default.jpg")]
    [InlineData("full/600,400/0/default.jpg", "full/600,/0/default.jpg")]
    [InlineData("full/600,200/0/default.jpg", "full/600,200/0/default.jpg")]
    [InlineData("10,10,50,50/full/0/color.jpg", "10,10,50,50/full/0/default.jpg")]
    public void in_2_1(string text, string canonical) => Of(text, ApiVersion.V2).ShouldBe(canonical);

    [Fact]
    public void means_the_same_picture() => Properties.Check((width, height, n) =>
    {
        var request = new ImageRequest(new Region.Pixels(n[0], n[1], n[2], n[3]), new Size.Within(n[4] + 1, n[5] + 1),
            default, Quality.Default, Format.Jpg);
        if (Framing.Of(request.Region, request.Size, width, height, Limits).Value is not { } frame) return;

        var again = ImageRequest.Parse(Canonical.Of(request, frame, Limits, ApiVersion.V3), ApiVersion.V3).Value!;
        Framing.Of(again.Region, again.Size, width, height, Limits).Value.ShouldBe(frame);
    });
}

using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Processing.Pixels;

namespace Dlcs.Unit.Pixels;

public sealed class OrderingDerivatives
{
    private static readonly ImageDescription Open = new(
        new ImageId(new(2, 5), "folio"), "https://example.org/a.tif", null, null, "I",
        [new("iiif-img", "default"), new("thumbs", "default", ["!1024,1024", "!400,400", "!200,200", "!100,100"])],
        "", "", "", 0, 0, 0, [], [], []);

    [Theory]
    [InlineData(false, 0, 0, -1, "1024 400 200 100")]
    [InlineData(false, 1000, 0, -1, "400 200 100")]
    [InlineData(true, 0, 0, -1, "")]
    [InlineData(true, 1000, 0, -1, "")]
    [InlineData(true, 0, 400, -1, "400 200 100")]
    [InlineData(true, 1000, 400, -1, "400 200 100")]
    [InlineData(true, 256, 400, -1, "200 100")]
    [InlineData(true, 0, 0, 200, "200 100")]
    [InlineData(false, 0, 0, 200, "200 100")]
    [InlineData(false, 0, 0, 0, "")]
    public void makes_no_thumbnail_that_shows_more_than_is_open(
        bool roles, int maxWidth, int openFullMax, int maxUnauthorised, string made)
    {
        var order = DerivativeOrder.Of(Open with
        {
            Roles = roles ? ["clickthrough"] : [],
            MaxWidth = maxWidth,
            OpenFullMax = openFullMax,
            MaxUnauthorised = maxUnauthorised,
        });

        string.Join(' ', order.SizesOf(8000, 6000, 5000).Select(size => size.Width)).ShouldBe(made);
    }

    [Fact]
    public void makes_what_the_channels_ask_for()
    {
        DerivativeOrder.Of(Open).Pyramid.ShouldBeTrue();
        DerivativeOrder.Of(Open with { DeliveryChannels = [new("thumbs", "none")] }).ShouldSatisfyAllConditions(
            order => order.Pyramid.ShouldBeFalse(), order => order.Thumbnails.ShouldBeEmpty());
    }

    [Fact]
    public void makes_each_size_once_and_the_largest_first()
    {
        var order = DerivativeOrder.Of(Open with
        {
            DeliveryChannels = [new("thumbs", "mine", ["100,", "!200,200", ",150", "^9000,", "200,"])],
        });

        order.SizesOf(8000, 6000, 5000).ShouldBe([(200, 150), (100, 75)]);
    }

    [Fact]
    public void names_a_size_that_is_none() => Should.Throw<PixelsException>(() => DerivativeOrder.Of(Open with
    {
        DeliveryChannels = [new("thumbs", "odd", ["big"])],
    })).Message.ShouldContain("'big'");
}

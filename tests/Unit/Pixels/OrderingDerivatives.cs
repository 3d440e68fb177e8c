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

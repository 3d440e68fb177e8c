using Dlcs.Iiif.ImageApi;

namespace Dlcs.Unit.ImageApi;

public sealed class ParsingARegion
{
    [Fact]
    public void knows_the_words() => (Region.Parse("full"), Region.Parse("square")).ShouldBe(
        (new Region.Full(), new Region.Square()));

    [Fact]
    public void reads_pixels() => Region.Parse("125,15,120,140").ShouldBe(new Region.Pixels(125, 15, 120, 140));

    [Fact]
    public void reads_percentages() =>
        Region.Parse("pct:41.6,7.5,40,.5").ShouldBe(new Region.Percent(41.6, 7.5, 40, 0.5));

    [Fact]
    public void takes_what_is_beyond_any_picture_as_far_beyond() => Region.Parse("0,0,99999999999,4294967296")
        .ShouldBe(new Region.Pixels(0, 0, int.MaxValue, int.MaxValue));

    [Theory]
    [InlineData("")]
    [InlineData("Full")]
    [InlineData("full ")]
    [InlineData("1,2,3")]
    [InlineData("1,2,3,4,5")]
    [InlineData("1,2,3,")]
    [InlineData("-1,2,3,4")]
    [InlineData("+1,2,3,4")]
    [InlineData("1.5,2,3,4")]
    [InlineData("1, 2,3,4")]
    [InlineData("0x1,2,3,4")]
    [InlineData("pct:")]
    [InlineData("pct:1,2,3")]
    [InlineData("pct:1,2,3,4,5")]
    [InlineData("pct:1,2,3,-4")]
    [InlineData("pct:1e1,2,3,4")]
    [InlineData("pct:NaN,0,1,1")]
    [InlineData("PCT:1,2,3,4")]
    [InlineData("١,2,3,4")]
    public void refuses_anything_else(string text) => Region.Parse(text).ShouldBeNull();
}

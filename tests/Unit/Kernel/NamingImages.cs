using Dlcs.Kernel;

namespace Dlcs.Unit.Kernel;

public sealed class NamingImages
{
    [Theory]
    [InlineData("2/5/folio-1r", 2, 5, "folio-1r")]
    [InlineData("2/5/a/b", 2, 5, "a/b")]
    [InlineData("2/5//", 2, 5, "/")]
    public void reads_customer_space_and_name(string text, int customer, int space, string name)
    {
        ImageId.TryParse(text, null, out var id).ShouldBeTrue();
        id.ShouldBe(new ImageId(new SpaceId(customer, space), name));
        id.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("2/5")]
    [InlineData("2/5/")]
    [InlineData("/5/a")]
    [InlineData("2//a")]
    [InlineData("x/5/a")]
    [InlineData("2/-5/a")]
    [InlineData("2/ 5/a")]
    [InlineData("99999999999/5/a")]
    public void refuses_anything_else(string? text) => ImageId.TryParse(text, null, out _).ShouldBeFalse();

    [Theory]
    [InlineData("2/5", true)]
    [InlineData("2/5/6", false)]
    [InlineData("2", false)]
    [InlineData("/5", false)]
    public void reads_a_space_alike(string text, bool isOne) => SpaceId.TryParse(text, null, out _).ShouldBe(isOne);
}

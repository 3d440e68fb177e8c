using Dlcs.Iiif.ImageApi;

namespace Dlcs.Unit.ImageApi;

public sealed class ParsingASize
{
    public static TheoryData<string, Size> Forms => new()
    {
        { "max", new Size.Max() },
        { "pct:12.5", new Size.Percent(12.5) },
        { "300,", new Size.ToWidth(300) },
        { ",200", new Size.ToHeight(200) },
        { "300,200", new Size.Exact(300, 200) },
        { "!300,200", new Size.Within(300, 200) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void reads_the_forms_that_both_versions_share(string text, Size size)
    {
        Size.Parse(text, ApiVersion.V2).ShouldBe(size);
        Size.Parse(text, ApiVersion.V3).ShouldBe(size);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void reads_the_caret_of_3_0_before_every_form(string text, Size size)
    {
        var upscaled = Size.Parse("^" + text, ApiVersion.V3).ShouldNotBeNull();

        upscaled.Upscale.ShouldBeTrue();
        upscaled.ShouldNotBe(size);
        upscaled.GetType().ShouldBe(size.GetType());
        Size.Parse("^" + text, ApiVersion.V2).ShouldBeNull();
    }

    [Fact]
    public void knows_full_in_2_1_alone() =>
        (Size.Parse("full", ApiVersion.V2), Size.Parse("full", ApiVersion.V3)).ShouldBe((new Size.Full(), null));

    [Theory]
    [InlineData("")]
    [InlineData("^")]
    [InlineData("^^max")]
    [InlineData("max ")]
    [InlineData("0,")]
    [InlineData(",0")]
    [InlineData("10,0")]
    [InlineData("-1,10")]
    [InlineData("1.5,")]
    [InlineData("pct:0")]
    [InlineData("pct:")]
    [InlineData("pct:1,5")]
    [InlineData("pct:-5")]
    [InlineData("!300,")]
    [InlineData("!,300")]
    [InlineData("!^300,300")]
    [InlineData("300")]
    [InlineData(",")]
    [InlineData("1,2,3")]
    public void refuses_anything_else(string text)
    {
        Size.Parse(text, ApiVersion.V2).ShouldBeNull();
        Size.Parse(text, ApiVersion.V3).ShouldBeNull();
    }
}

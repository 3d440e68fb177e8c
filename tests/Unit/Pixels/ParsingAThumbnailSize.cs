using Dlcs.Processing.Pixels;

namespace Dlcs.Unit.Pixels;

public sealed class ParsingAThumbnailSize
{
    [Theory]
    [InlineData("2048,", 5000, 2000, "2048x819")]
    [InlineData("1336,", 5000, 2000, "1336x534")]
    [InlineData("880,", 5000, 2000, "880x352")]
    [InlineData("^!1024,1024", 5000, 2000, "1024x409")]
    [InlineData("^!400,400", 5000, 2000, "400x160")]
    [InlineData("^,250", 5000, 2000, "625x250")]
    [InlineData("2048,", 900, 900, "")]
    [InlineData("1336,", 900, 900, "")]
    [InlineData("880,", 900, 900, "880x880")]
    [InlineData("^!1024,1024", 900, 900, "1024x1024")]
    [InlineData("^!400,400", 900, 900, "400x400")]
    [InlineData("^,250", 900, 900, "250x250")]
    [InlineData("!900,900", 900, 900, "900x900")]
    [InlineData("!1000,200", 900, 900, "200x200")]
    [InlineData("!1024,1024", 1000, 3000, "341x1024")]
    [InlineData("!1024,1024", 900, 500, "")]
    [InlineData(",250", 100, 249, "")]
    [InlineData("!100,100", 60_000, 10, "100x1")]
    [InlineData("^!100,100", 1, 1, "100x100")]
    [InlineData("^5000,", 1, 60_000, "5000x300000000")]
    public void gives_the_pixels_of_a_source(string text, int width, int height, string expected)
    {
        var size = ThumbnailSize.Parse(text).ShouldNotBeNull().Of(width, height);

        (size is { } made ? $"{made.Width}x{made.Height}" : "").ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("^")]
    [InlineData("max")]
    [InlineData("full")]
    [InlineData("pct:50")]
    [InlineData("100,100")]
    [InlineData("!100,")]
    [InlineData("0,")]
    [InlineData(",-1")]
    [InlineData("!^100,100")]
    [InlineData("100")]
    [InlineData(" 100,")]
    [InlineData("99999999999,")]
    public void refuses_what_a_policy_may_not_ask_for(string text) => ThumbnailSize.Parse(text).ShouldBeNull();
}

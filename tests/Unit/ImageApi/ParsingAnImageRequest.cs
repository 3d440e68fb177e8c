using Dlcs.Iiif.ImageApi;

namespace Dlcs.Unit.ImageApi;

public sealed class ParsingAnImageRequest
{
    private static Outcome<ImageRequest> Parse(string text) => ImageRequest.Parse(text, ApiVersion.V3);

    [Fact]
    public void reads_all_parameters() => Parse("125,15,120,140/90,/!345/gray.webp").Value.ShouldBe(new(
        new Region.Pixels(125, 15, 120, 140), new Size.ToWidth(90), new(345, true), Quality.Gray, Format.Webp));

    [Fact]
    public void decodes_what_a_careful_client_encoded() => Parse("pct%3A10%2C10,20,20/%21%35%30,50/%210/default.jpg")
        .Value.ShouldNotBeNull().Size.ShouldBe(new Size.Within(50, 50));

    [Theory]
    [InlineData("0", 0, false)]
    [InlineData("!0", 0, true)]
    [InlineData("90", 90, false)]
    [InlineData("22.5", 22.5, false)]
    [InlineData("360", 0, false)]
    [InlineData("!359.99", 359.99, true)]
    public void reads_rotations(string text, double degrees, bool mirrored) =>
        Parse($"full/max/{text}/default.jpg").Value.ShouldNotBeNull().Rotation.ShouldBe(new(degrees, mirrored));

    [Theory]
    [InlineData("full/max/-1/default.jpg", "rotation")]
    [InlineData("full/max/360.1/default.jpg", "rotation")]
    [InlineData("full/max/!/default.jpg", "rotation")]
    [InlineData("full/max/1e2/default.jpg", "rotation")]
    [InlineData("full/max/ 90/default.jpg", "rotation")]
    [InlineData("full/max/0/native.jpg", "quality")]
    [InlineData("full/max/0/Default.jpg", "quality")]
    [InlineData("full/max/0/.jpg", "quality")]
    [InlineData("full/max/0/default.xyz", "format")]
    [InlineData("full/max/0/default.JPG", "format")]
    [InlineData("full/max/0/default.", "format")]
    [InlineData("full/max/0/default", "format")]
    [InlineData("all/max/0/default.jpg", "region")]
    [InlineData("full/full/0/default.jpg", "size")]
    [InlineData("full/max/0", "region/size/rotation")]
    public void says_which_parameter_is_wrong(string text, string parameter)
    {
        var refusal = Parse(text).Refusal.ShouldNotBeNull();

        refusal.Status.ShouldBe(400);
        refusal.Sentence.ShouldContain(parameter);
    }

    [Fact]
    public void never_throws_whatever_it_is_given() => Properties.Check<string, string>((left, right) =>
    {
        var (value, refusal) = ImageRequest.Parse($"{left}/{right}/0/default.jpg", ApiVersion.V3);
        (value is null).ShouldBe(refusal is not null);
    });
}

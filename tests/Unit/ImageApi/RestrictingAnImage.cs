using Dlcs.Iiif.Access;
using Dlcs.Iiif.ImageApi;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Processing.Pixels;

namespace Dlcs.Unit.ImageApi;

public sealed class RestrictingAnImage
{
    private static readonly ImageDescription Folio = new(
        new ImageId(new(2, 5), "folio"), "https://example.org/a.tif", null, null, "I",
        [new("iiif-img", "default"), new("thumbs", "default", ["!1024,1024", "!400,400", "!200,200", "!100,100"])],
        "", "", "", 0, 0, 0, [], [], []);

    private static Restrictions Of(ImageDescription image) =>
        Restrictions.Of(Openness.Of(image), new SizeLimits(5000, 5000));

    private static ImageDescription Image(bool roles, int maxWidth, int openFullMax, int maxUnauthorised = -1) =>
        Folio with
        {
            Roles = roles ? ["clickthrough"] : [],
            MaxWidth = maxWidth,
            OpenFullMax = openFullMax,
            MaxUnauthorised = maxUnauthorised,
        };

    [Theory]
    [InlineData(false, 0, 0, -1, 5000, true, int.MaxValue, "1024 400 200 100")]
    [InlineData(false, 1000, 0, -1, 1000, true, int.MaxValue, "400 200 100")]
    [InlineData(false, 9000, 0, -1, 5000, true, int.MaxValue, "1024 400 200 100")]
    [InlineData(true, 0, 0, -1, 5000, false, 0, "")]
    [InlineData(true, 1000, 0, -1, 1000, false, 0, "")]
    [InlineData(true, 0, 400, -1, 5000, false, 400, "400 200 100")]
    [InlineData(true, 1000, 400, -1, 1000, false, 400, "400 200 100")]
    [InlineData(true, 256, 400, -1, 256, false, 400, "200 100")]
    [InlineData(false, 0, 0, 300, 300, true, int.MaxValue, "200 100")] // nobody has a role that could lift it
    [InlineData(false, 0, 0, 0, 5000, false, 0, "")]
    [InlineData(false, 0, 400, 0, 5000, false, 400, "400 200 100")]
    [InlineData(true, 0, 0, 300, 5000, false, 300, "200 100")]
    [InlineData(true, 0, 0, 0, 5000, false, 0, "")]
    [InlineData(true, 0, 200, 500, 5000, false, 200, "200 100")]
    public void opens_what_the_table_says_and_makes_thumbnails_of_no_more(
        bool roles, int maxWidth, int openFullMax, int maxUnauthorised, int limit, bool regions, int whole,
        string thumbnails)
    {
        var image = Image(roles, maxWidth, openFullMax, maxUnauthorised);
        var restrictions = Of(image);
        var made = DerivativeOrder.Of(image).SizesOf(8000, 6000, 5000);

        string.Join(' ', made.Select(size => size.Width)).ShouldBe(thumbnails);
        made.ShouldAllBe(size => restrictions.Admit(true, size.Width, size.Height));
        restrictions.Limits.ShouldBe(new(limit, limit));
        restrictions.Admit(whole: false, 10, 10).ShouldBe(regions);
        restrictions.Admit(whole: true, whole, 1).ShouldBe(regions || whole > 0);
        if (whole < int.MaxValue) restrictions.Admit(whole: true, 1, whole + 1).ShouldBeFalse();
    }

    [Fact]
    public void never_opens_more_with_a_role_than_without() => Properties.Check((width, height, n) =>
    {
        var (open, closed) = (Of(Image(false, n[0], n[1])), Of(Image(true, n[0], n[1])));

        if (closed.Admit(n[2] % 2 is 0, width, height)) open.Admit(n[2] % 2 is 0, width, height).ShouldBeTrue();
        closed.Limits.ShouldBe(open.Limits);
    });
}

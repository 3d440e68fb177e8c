using Dlcs.Iiif.Access;
using Dlcs.Iiif.ImageApi;
using Dlcs.Kernel;

namespace Dlcs.Unit.ImageApi;

public sealed class RestrictingAnImage
{
    private static Restrictions Of(
        bool roles, int maxWidth, int openFullMax, int maxUnauthorised = -1) => Restrictions.Of(
        new(new ImageId(new SpaceId(2, 5), "folio"), null, null, null, "I", [], "", "", "", 0, 0, 0, [],
            roles ? ["clickthrough"] : [], [], maxUnauthorised, maxWidth, openFullMax),
        new SizeLimits(5000, 5000));

    [Theory]
    [InlineData(false, 0, 0, -1, 5000, true, int.MaxValue)]
    [InlineData(false, 1000, 0, -1, 1000, true, int.MaxValue)]
    [InlineData(false, 9000, 0, -1, 5000, true, int.MaxValue)]
    [InlineData(true, 0, 0, -1, 5000, false, 0)]
    [InlineData(true, 1000, 0, -1, 1000, false, 0)]
    [InlineData(true, 0, 400, -1, 5000, false, 400)]
    [InlineData(true, 1000, 400, -1, 1000, false, 400)]
    [InlineData(false, 0, 0, 300, 300, true, int.MaxValue)] // nobody has a role that could lift it
    [InlineData(false, 0, 0, 0, 5000, false, 0)]
    [InlineData(true, 0, 0, 300, 5000, false, 300)]
    [InlineData(true, 0, 0, 0, 5000, false, 0)]
    public void opens_what_the_table_says(
        bool roles, int maxWidth, int openFullMax, int maxUnauthorised, int limit, bool regions, int whole)
    {
        var restrictions = Of(roles, maxWidth, openFullMax, maxUnauthorised);

        restrictions.Limits.ShouldBe(new(limit, limit));
        restrictions.Admit(whole: false, 10, 10).ShouldBe(regions);
        restrictions.Admit(whole: true, whole, 1).ShouldBe(regions || whole > 0);
        if (whole < int.MaxValue) restrictions.Admit(whole: true, 1, whole + 1).ShouldBeFalse();
    }

    [Fact]
    public void never_opens_more_with_a_role_than_without() => Properties.Check((width, height, n) =>
    {
        var (open, closed) = (Of(false, n[0], n[1]), Of(true, n[0], n[1]));

        if (closed.Admit(n[2] % 2 is 0, width, height)) open.Admit(n[2] % 2 is 0, width, height).ShouldBeTrue();
        closed.Limits.ShouldBe(open.Limits);
    });
}

using Dlcs.Kernel;
using Dlcs.Write.Images;

namespace Dlcs.Unit.Write;

public sealed class NamingAnImage
{
    [Theory]
    [InlineData("folio-1r.tif", null)]
    [InlineData("ms 1/f. 1r", null)]
    [InlineData("фолио", null)]
    [InlineData("", "must not be empty")]
    [InlineData("..", "must not be . or ..")]
    [InlineData("a\u0000", "must not hold control characters")]
    [InlineData("a\u0085", "must not hold control characters")]
    public void takes_what_fits_into_a_url(string name, string? fault) =>
        new[] { ImageName.Fault(name) }.OfType<string>().ToList().ShouldBeOne(fault);

    [Fact]
    public void counts_bytes()
    {
        ImageName.Fault(new string('ф', 200)).ShouldBeNull();
        ImageName.Fault(new string('ф', 201)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/customers/2/spaces/5/images/folio-1r", "2/5/folio-1r")]
    [InlineData("/customers/2/spaces/5/images/folio-1r/reingest?x=/customers/3/spaces/4/images/y", "2/5/folio-1r")]
    [InlineData("/api/Customers/2/Spaces/5/Images/a%2Fb%20c", "2/5/a/b c")]
    [InlineData("/customers/2/spaces/5/images/a%252Fb", "2/5/a%2Fb")]
    [InlineData("https://api.test/customers/2/spaces/5/images/%D1%84", "2/5/ф")]
    [InlineData("/customers/2/spaces/5/images", null)]
    [InlineData("/customers/x/spaces/5/images/a", null)]
    [InlineData("", null)]
    public void is_read_from_the_url_as_it_was_sent(string url, string? id) =>
        (ImageName.InUrl(url)?.ToString()).ShouldBe(id);

    [Theory]
    [InlineData("x1", "x1")]
    [InlineData("2/5/x1", "x1")]
    [InlineData("2/5/a/b", "a/b")]
    [InlineData("1892/03/p1", "1892/03/p1")]
    public void may_be_given_short_or_full(string id, string name) =>
        ImageName.Within(id, new SpaceId(2, 5)).ShouldBe(name);
}

using Dlcs.Read.Api;
using Dlcs.Read.Images;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Unit.Read;

public sealed class AskingForImages
{
    private static readonly Urls Urls = new("https://api.example.org", "https://example.org");

    private static (ImageQuery? Query, string? Fault) Parse(string query, params Criterion[] fixedTo)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new(query);
        return ImageQueryParameters.Parse(http.Request, 2, fixedTo, Urls);
    }

    private static ImageQuery Asked(string query, params Criterion[] fixedTo) =>
        Parse(query, fixedTo).Query.ShouldNotBeNull();

    private static string Fault(string query) => Parse(query).Fault.ShouldNotBeNull();

    [Fact]
    public void takes_a_field_as_a_parameter_or_in_q() =>
        Asked("?string1=a&q={\"number1\":3}").Where.Select(c => (c.Field, c.Values.Single()))
            .ShouldBe(
                [(ImageField.Number1, new FieldValue(null, 3)), (ImageField.String1, new("a", 0))], ignoreOrder: true);

    [Fact]
    public void lets_a_parameter_win_over_q() =>
        Asked("?string1=a&q={\"string1\":\"b\"}").Where.ShouldHaveSingleItem().Values.ShouldBe([new("a", 0)]);

    [Fact]
    public void takes_any_of_several_tags_or_all_of_them()
    {
        Asked("?tags=a,b").Where.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            c => c.Values.Count.ShouldBe(2), c => c.All.ShouldBeFalse());
        Asked("?tagsAll=a,b").Where.ShouldHaveSingleItem().All.ShouldBeTrue();
    }

    [Fact]
    public void takes_arrays_in_q() =>
        Asked("?q={\"string1\":[\"a\",\"b\"]}").Where.ShouldHaveSingleItem().Values.Count.ShouldBe(2);

    [Fact]
    public void knows_the_customers_own_roles_by_their_url() =>
        Asked("?roles=https://api.example.org/customers/2/roles/clickthrough").Where.ShouldHaveSingleItem()
            .Values.ShouldBe([new("clickthrough", 0)]);

    [Fact]
    public void keeps_to_the_space_of_the_path() =>
        Asked("?q={\"space\":9}", new Criterion(ImageField.Space, [5L])).Where.ShouldHaveSingleItem()
            .Values.ShouldBe([new(null, 5)]);

    [Theory]
    [InlineData("", ImageField.Created, false)]
    [InlineData("?orderBy=n", ImageField.Created, false)]
    [InlineData("?orderBy=number1", ImageField.Number1, false)]
    [InlineData("?orderByDescending=width", ImageField.Width, true)]
    public void orders_by_a_field(string query, ImageField field, bool descending) =>
        Asked(query).OrderBy.ShouldBe([new(field, descending)]);

    [Theory]
    [InlineData("?orderBy=shoesize", "shoesize")]
    [InlineData("?q={", "Could not parse query")]
    [InlineData("?q=[]", "Could not parse query")]
    [InlineData("?q={\"shoesize\":1}", "shoesize")]
    [InlineData("?number1=many", "number1")]
    [InlineData("?q={\"number1\":1.5}", "number1")]
    public void says_what_it_does_not_understand(string query, string named) => Fault(query).ShouldContain(named);
}

using System.Globalization;
using Dlcs.Kernel;
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
        Asked("?rolesAll=https://api.example.org/customers/2/roles/a,https://example.org/b").Where
            .ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                c => c.Values.ShouldBe([new("a", 0), new("https://example.org/b", 0)]), c => c.All.ShouldBeTrue());
    }

    [Fact]
    public void takes_arrays_in_q() =>
        Asked("?q={\"string1\":[\"a\",\"b\"]}").Where.ShouldHaveSingleItem().Values.Count.ShouldBe(2);

    [Fact]
    public void knows_the_customers_own_roles_by_their_url() =>
        Asked("?roles=https://api.example.org/customers/2/roles/clickthrough").Where.ShouldHaveSingleItem()
            .Values.ShouldBe([new("clickthrough", 0)]);

    [Theory]
    [InlineData("https://API.example.org/customers/2/roles/a%2520b/", "a%20b")]
    [InlineData("https://api.example.org/customers/2/roles/", "https://api.example.org/customers/2/roles/")]
    [InlineData("https://api.example.org/customers/3/roles/a", "https://api.example.org/customers/3/roles/a")]
    [InlineData(
        "https://api.example.org/customers/2/roles/a%00b", "https://api.example.org/customers/2/roles/a%00b")]
    public void finds_roles_as_they_are_kept(string asked, string kept)
    {
        Asked($"?roles={Uri.EscapeDataString(asked)}").Where.ShouldHaveSingleItem().Values.ShouldBe([new(kept, 0)]);
        OwnRole.Kept(Urls.Role(2, kept), 2, Urls.Api).ShouldBe(kept);
    }

    [Theory]
    [InlineData("?String1=a")]
    [InlineData("?STRING1=a&orderby=number1")]
    public void takes_parameters_in_any_case(string query) =>
        Asked(query).Where.ShouldHaveSingleItem().Values.ShouldBe([new("a", 0)]);

    [Theory]
    [InlineData("?q={\"String1\":\"a\"}")]
    [InlineData("?q={\"string1\":\"a\"}&string1=&string2=&number1=&created=&tags=,&text=")]
    [InlineData("?string1=&string1=a")]
    public void takes_no_notice_of_capitals_in_q_or_of_empty_parameters(string query)
    {
        Asked(query).Where.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            c => c.Field.ShouldBe(ImageField.String1), c => c.Values.ShouldBe([new("a", 0)]));
    }

    [Fact]
    public void takes_what_is_empty_in_q() =>
        Asked("?q={\"string1\":\"\"}").Where.ShouldHaveSingleItem().Values.ShouldBe([new("", 0)]);

    [Fact]
    public void keeps_to_the_space_of_the_path() =>
        Asked("?q={\"space\":9}", new Criterion(ImageField.Space, [5L])).Where.ShouldHaveSingleItem()
            .Values.ShouldBe([new(null, 5)]);

    [Theory]
    [InlineData("?number1=10..20", 10L, 20L)]
    [InlineData("?number1=-5..", -5L, null)]
    [InlineData("?number1=..20", null, 20L)]
    [InlineData("?q={\"number1\":\"10..20\"}", 10L, 20L)]
    [InlineData("?q={\"number1\":7}&number1=10..20", 10L, 20L)]
    public void takes_ranges_of_numbers(string query, long? from, long? to)
    {
        var asked = Asked(query);

        asked.Where.ShouldBeEmpty();
        asked.Ranges.ShouldHaveSingleItem().ShouldBe(new(ImageField.Number1, Number(from), Number(to)));

        static FieldValue? Number(long? number) => number is { } n ? new FieldValue(null, n) : null;
    }

    [Theory]
    [InlineData("2026", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("2026-02", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z")]
    [InlineData("2026-01..2026-03", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z")]
    [InlineData("2026-01-31..", "2026-01-31T00:00:00Z", null)]
    [InlineData("..2026-01-31", null, "2026-02-01T00:00:00Z")]
    [InlineData("2026-01-31T12:30+01:00", "2026-01-31T11:30:00Z", "2026-01-31T11:31:00Z")]
    [InlineData("2026-01-31T12:30:15Z..2026-01-31T12:30:15.5Z", "2026-01-31T12:30:15Z", "2026-01-31T12:30:15.5000001Z")]
    public void takes_dates_as_the_whole_period_that_they_name(string created, string? from, string? behind)
    {
        var range = Asked($"?created={created}").Ranges.ShouldHaveSingleItem();

        range.From.ShouldBe(Ticks(from, 0));
        range.To.ShouldBe(Ticks(behind, -1));

        static FieldValue? Ticks(string? time, int and) => time is null ? null
            : new FieldValue(null, DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).UtcTicks + and);
    }

    [Fact]
    public void takes_a_text_as_long_as_it_may_be() =>
        Asked($"?text={string.Concat(Enumerable.Repeat($"{new string('a', 99)}+", 9))}{new string('b', 100)}")
            .Text.ShouldNotBeNull();

    [Fact]
    public void takes_words_as_a_parameter_or_in_q()
    {
        Asked("?text=Book%20hou*").Text.ShouldNotBeNull().Terms.Count.ShouldBe(2);
        Asked("?q={\"text\":\"Book\"}").Text.ShouldNotBeNull().Terms.Single().Words.ShouldBe(["book"]);
        Asked("?q={\"text\":\"Book\"}&text=map").Text.ShouldNotBeNull().Terms.Single().Words.ShouldBe(["map"]);
        Asked("?text=").Text.ShouldBeNull();
    }

    [Fact]
    public void takes_facets_once_each() =>
        Asked("?facets=tags,string1&facets=tags").Facets.ShouldBe([ImageField.Tags, ImageField.String1]);

    [Theory]
    [InlineData("", ImageField.Created, false)]
    [InlineData("?orderBy=n", ImageField.Created, false)]
    [InlineData("?orderBy=number1", ImageField.Number1, false)]
    [InlineData("?orderByDescending=width", ImageField.Width, true)]
    public void orders_by_a_field(string query, ImageField field, bool descending) =>
        Asked(query).OrderBy.ShouldBe([new(field, descending)]);

    [Theory]
    [InlineData("?orderBy=shoesize", "shoesize")]
    [InlineData("?q={\"manifests\":[]}", "manifests is an empty list")]
    [InlineData("?q={", "Could not parse query")]
    [InlineData("?q=[]", "Could not parse query")]
    [InlineData("?q={\"shoesize\":1}", "shoesize")]
    [InlineData("?q={\"string1\":{\"a\":1}}", "string1 must be a text, a number or a list of them, not an object")]
    [InlineData("?q={\"tags\":[[\"a\"]]}", "tags must be a text, a number or a list of them, not a list within a list")]
    [InlineData("?q={\"string1\":[\"a\",null]}", "string1 must be a text, a number or a list of them, not null")]
    [InlineData("?q={\"text\":[{}]}", "text must be")]
    [InlineData("?q={\"string1\":\"a\",\"String1\":\"b\"}", "string1 is sent twice")]
    [InlineData("?number1=many", "number1")]
    [InlineData("?q={\"number1\":1.5}", "number1")]
    [InlineData("?number1=10..many", "number1 must be a range of whole numbers")]
    [InlineData("?number1=..", "number1 must be a range")]
    [InlineData("?number1=1..2..3", "number1 must be a range")]
    [InlineData("?q={\"number1\":[\"1..2\",7]}", "number1 can be one range, or values")]
    [InlineData("?q={\"number1\":[7,\"1..2\"]}", "number1 can be one range, or values")]
    [InlineData("?space=1..2", "space must be a whole number")]
    [InlineData("?created=yesterday", "created must be a date, or a range such as 2026-01..2026-03")]
    [InlineData("?finished=2026-13", "finished must be a date")]
    [InlineData("?created=9999", "created must be a date")]
    [InlineData("?facets=tags,shoesize", "facets: unknown field 'shoesize'; known are space")]
    [InlineData("?facets=created", "facets: unknown field 'created'")]
    [InlineData("?orderBy=tags", "orderBy: unknown field 'tags'")]
    [InlineData("?text=*", "text: '*'")]
    [InlineData("?q={\"text\":\"--\"}", "text: there is no word")]
    [InlineData("?after=abc", "after is no cursor")]
    [InlineData("?string1=a%00b", "string1 must not hold U+0000")]
    [InlineData("?q={\"string1\":\"\\ud800\"}", "Could not parse query")]
    public void says_what_it_does_not_understand(string query, string named) => Fault(query).ShouldContain(named);
}

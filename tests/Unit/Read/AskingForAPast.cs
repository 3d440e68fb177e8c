using Dlcs.Read.Api;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Unit.Read;

public sealed class AskingForAPast
{
    private static (AsOf? AsOf, string? Fault) Of(string query)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new(query);
        return AsOf.Of(http.Request);
    }

    [Theory]
    [InlineData("?asOf=71", "71")]
    [InlineData("?asOf=2026-03-01", "2026-03-01T00:00:00Z")]
    [InlineData("?asOf=2026-03-01T12:30", "2026-03-01T12:30:00Z")]
    [InlineData("?asOf=2026-03-01T12:30:15.1234567Z", "2026-03-01T12:30:15.1234567Z")]
    [InlineData("?asOf=2026-03-01T12:30:00%2B01:00", "2026-03-01T11:30:00Z")]
    [InlineData("?asOf=2026-03-01T12:30:00+01:00", "2026-03-01T11:30:00Z")]
    public void names_a_position_or_a_moment(string query, string text) =>
        Of(query).AsOf.ShouldNotBeNull().Text.ShouldBe(text);

    [Fact]
    public void is_the_present_when_nothing_is_asked() => Of("").ShouldBe((null, null));

    [Theory]
    [InlineData("?asOf=")]
    [InlineData("?asOf=-1")]
    [InlineData("?asOf=yesterday")]
    [InlineData("?asOf=03/01/2026")]
    [InlineData("?asOf=12:30")]
    [InlineData("?asOf=1&asOf=2")]
    public void takes_nothing_that_could_mean_two_things(string query) =>
        Of(query).Fault.ShouldNotBeNull().ShouldContain("asOf=");
}

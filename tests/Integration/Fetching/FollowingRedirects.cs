using System.Globalization;
using System.Net;
using Dlcs.Processing.Fetching;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.Fetching;

public sealed class FollowingRedirects
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task goes_where_it_is_sent(int status)
    {
        await using var origin = await Origin.Answering(http =>
            http.Request.Path == "/a/there" ? http.Response.WriteAsync("picture") : Send(http, "there?x=1", status));

        (await origin.Fetch(path: "/a/here")).Bytes.ShouldBe(7);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task goes_five_times_and_no_further(int hops, bool arrives)
    {
        await using var origin = await Origin.Answering(http => http.Request.Path == "/0"
            ? http.Response.WriteAsync("picture")
            : Send(http, $"/{Number(http) - 1}"));

        if (arrives) (await origin.Fetch(path: $"/{hops}")).Bytes.ShouldBe(7);
        else (await origin.Failure(path: $"/{hops}")).Failure.ShouldBe(FetchFailure.Redirect);

        static int Number(HttpContext http) => int.Parse(http.Request.Path.Value![1..], CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task leaves_a_circle()
    {
        await using var origin = await Origin.Answering(http => Send(http, "/folio-1r.tif"));

        var failure = await origin.Failure();

        failure.Message.ShouldBe($"the origin redirects more than 5 times: {origin.Url()}");
        failure.MayPass.ShouldBeFalse();
        origin.Requests.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData("http://127.0.0.2/x")]
    [InlineData("http://127.2/x")]
    [InlineData("http://[::1]/x")]
    [InlineData("http://[::ffff:127.0.0.2]/x")]
    [InlineData("//10.0.0.1/x")]
    [InlineData("http://169.254.169.254/latest/meta-data/?token=secret")]
    [InlineData("https://metadata@169.254.169.254/latest/meta-data/")]
    public async Task never_to_an_address_that_is_not_public(string target)
    {
        var settings = Origin.Patient with
        {
            AllowPrivateAddresses = false,
            PrivateNetworks = [IPNetwork.Parse("127.0.0.1/32")], // where this origin is, or it could not send us on
        };
        await using var origin = await Origin.Answering(http => Send(http, target));

        var failure = await origin.Failure(settings);

        failure.Failure.ShouldBe(FetchFailure.Address);
        failure.MayPass.ShouldBeFalse();
        failure.Message.ShouldNotContain("secret");
        failure.Message.ShouldNotContain("metadata@");
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.org/x")]
    [InlineData("javascript:alert(1)")]
    public async Task never_to_another_scheme(string target)
    {
        await using var origin = await Origin.Answering(http => Send(http, target));

        (await origin.Failure()).Failure.ShouldBe(FetchFailure.Redirect);
    }

    [Fact]
    public async Task needs_to_know_where_to()
    {
        await using var origin = await Origin.Answering(http =>
        {
            http.Response.StatusCode = 302;
            return Task.CompletedTask;
        });

        (await origin.Failure()).Message.ShouldStartWith("the origin redirects without saying where to: ");
    }

    [Fact]
    public async Task says_what_the_last_hop_answered()
    {
        await using var origin = await Origin.Answering(http =>
        {
            if (http.Request.Path != "/there") return Send(http, "/there");
            http.Response.StatusCode = 404;
            return Task.CompletedTask;
        });

        (await origin.Failure()).Message.ShouldBe($"the origin has no such file: {origin.Url("/there")} answered 404");
    }

    private static Task Send(HttpContext http, string to, int status = 302)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.Location = to;
        return Task.CompletedTask;
    }
}

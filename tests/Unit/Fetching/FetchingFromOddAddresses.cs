using System.Net;
using Dlcs.Processing.Fetching;

namespace Dlcs.Unit.Fetching;

/// <summary>Nothing here reaches a network: that is the point.</summary>
public sealed class FetchingFromOddAddresses
{
    [Theory]
    [InlineData("http://127.0.0.1:9/x")]
    [InlineData("http://127.1:9/x")]
    [InlineData("http://2130706433:9/x")]
    [InlineData("http://0x7f000001:9/x")]
    [InlineData("http://0x7f.0.0x0.1:9/x")]
    [InlineData("http://017700000001:9/x")]
    [InlineData("http://0177.0.0.1:9/x")]
    [InlineData("http://127.0.0.1.:9/x")]
    [InlineData("http://2130706433.:9/x")]
    [InlineData("http://127。0。0。1:9/x")]
    [InlineData("http://0:9/x")]
    [InlineData("http://0.0.0.0:9/x")]
    [InlineData("http://[::]:9/x")]
    [InlineData("http://[::1]:9/x")]
    [InlineData("http://[::ffff:127.0.0.1]:9/x")]
    [InlineData("http://[::ffff:7f00:1]:9/x")]
    [InlineData("http://[64:ff9b::7f00:1]:9/x")]
    [InlineData("http://[2002:7f00:1::]:9/x")]
    [InlineData("http://[fe80::1%251]:9/x")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://2852039166/latest/meta-data/")]
    [InlineData("https://10.0.0.1/x")]
    [InlineData("http://localhost:9/x")]
    public async Task refuses_them_however_they_are_written(string origin)
    {
        var refusal = await Refusal(origin);

        refusal.Failure.ShouldBe(FetchFailure.Address);
        refusal.MayPass.ShouldBeFalse();
        refusal.Message.ShouldStartWith("the origin is at an address that is not public: http");
    }

    [Theory]
    [InlineData("ftp://example.org/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.org/x")]
    public async Task refuses_other_schemes(string origin) =>
        (await Refusal(origin)).Failure.ShouldBe(FetchFailure.Scheme);

    [Fact]
    public async Task shows_nothing_secret_of_a_url()
    {
        var refusal = await Refusal("http://reader:sesame@127.0.0.1:9/maps/folio%201r.tif?X-Signature=cafe#part");

        refusal.Message.ShouldBe(
            "the origin is at an address that is not public: http://127.0.0.1:9/maps/folio%201r.tif");
    }

    [Fact]
    public async Task shows_no_more_of_a_long_url_than_a_person_reads() =>
        (await Refusal($"http://127.0.0.1:9/{new string('x', 5000)}")).Message.Length.ShouldBeLessThan(400);

    [Fact]
    public void may_reach_a_private_network_that_is_named()
    {
        var settings = new FetchSettings { PrivateNetworks = [IPNetwork.Parse("10.1.0.0/16")] };

        settings.MayReach(IPAddress.Parse("10.1.2.3")).ShouldBeTrue();
        settings.MayReach(IPAddress.Parse("10.2.2.3")).ShouldBeFalse();
        settings.MayReach(IPAddress.Parse("::ffff:10.1.2.3")).ShouldBeTrue();
        settings.MayReach(IPAddress.Parse("::ffff:10.2.2.3")).ShouldBeFalse();
    }

    private static Task<FetchException> Refusal(string origin) => Should.ThrowAsync<FetchException>(() => Fetch.ToFile(
        new Uri(origin), Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FetchSettings(),
        TestContext.Current.CancellationToken));
}

using Dlcs.Read.Api;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Unit.Read;

/// <summary>What ids begin with: the settings, else what the request came to.</summary>
public sealed class BeginningIds
{
    private static Urls For(
        string asked, string? api = null, string? pub = null, int publicPort = 8080, int apiPort = 8081,
        int? at = null)
    {
        var url = new Uri(asked);
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host) = (url.Scheme, new HostString(url.Authority));
        request.HttpContext.Connection.LocalPort = at ?? url.Port;
        return new UrlSettings(Of(api), Of(pub), apiPort, publicPort).For(request);

        static Uri? Of(string? url) => url is null ? null : new(url);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8081", "http://127.0.0.1:8081", "http://127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8081", "http://127.0.0.1:8080")]
    [InlineData("http://[::1]:8080", "http://[::1]:8081", "http://[::1]:8080")]
    [InlineData("https://api.example.org", "https://api.example.org", "https://example.org")] // a proxy before both
    [InlineData("https://example.org", "https://example.org", "https://example.org")]
    [InlineData("http://api.example.org:8081", "http://api.example.org:8081", "http://example.org:8080")]
    [InlineData("https://dlcs.api.example.org", "https://dlcs.api.example.org", "https://dlcs.api.example.org")]
    public void follows_the_request_and_knows_the_host_beside_it(string asked, string api, string pub) =>
        For(asked).ShouldBe(new Urls(api, pub));

    [Theory]
    [InlineData("http://example.org", "http://example.org:81", "http://example.org")]
    [InlineData("http://example.org:81", "http://example.org:81", "http://example.org")]
    public void leaves_out_the_port_that_goes_without_saying(string asked, string api, string pub) =>
        For(asked, publicPort: 80, apiPort: 81).ShouldBe(new Urls(api, pub));

    [Fact]
    public void takes_no_proxy_for_the_host_on_the_usual_port() =>
        For("http://api.example.org", publicPort: 80, at: 8081)
            .ShouldBe(new Urls("http://api.example.org", "http://example.org"));

    [Fact]
    public void takes_no_port_of_a_container_for_the_other_hosts() =>
        For("http://example.org:8081", at: 8080).Public.ShouldBe("http://example.org:8081");

    [Fact]
    public void keeps_what_is_escaped_in_the_settings() =>
        For("http://127.0.0.1:8081", "https://example.org/b%C3%BCcher", "https://example.org/b%C3%BCcher/iiif")
            .ShouldBe(new Urls("https://example.org/b%C3%BCcher", "https://example.org/b%C3%BCcher/iiif"));

    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:8081")]
    [InlineData("https://api.somewhere.else")]
    public void follows_the_settings_whoever_is_asked(string asked) =>
        For(asked, "https://api.example.org/", "https://example.org/iiif/")
            .ShouldBe(new Urls("https://api.example.org", "https://example.org/iiif"));

    [Fact]
    public void follows_the_one_that_is_set_and_the_request_for_the_other()
    {
        For("http://127.0.0.1:8081", api: "https://api.example.org")
            .ShouldBe(new Urls("https://api.example.org", "http://127.0.0.1:8080"));
        For("http://127.0.0.1:8080", pub: "https://example.org")
            .ShouldBe(new Urls("http://127.0.0.1:8081", "https://example.org"));
    }

    [Fact]
    public void stands_before_every_id_of_the_api()
    {
        var urls = For("http://127.0.0.1:8081", api: "https://example.org/dlcs");

        urls.Image(new(new(2, 5), "folio 1r/a")).ShouldBe(
            "https://example.org/dlcs/customers/2/spaces/5/images/folio%201r%2Fa");
        urls.Batch(2, 71).ShouldBe("https://example.org/dlcs/customers/2/queue/batches/71");
        urls.Key(2, Guid.Empty).ShouldBe($"https://example.org/dlcs/customers/2/keys/{Guid.Empty}");
        urls.NamedQuery(2, Guid.Empty).ShouldBe($"https://example.org/dlcs/customers/2/namedQueries/{Guid.Empty}");
        urls.Role(2, "staff").ShouldBe("https://example.org/dlcs/customers/2/roles/staff");
        urls.Role(2, "https://other.example/staff").ShouldBe("https://other.example/staff");
    }
}

using System.Net;
using System.Text;
using Dlcs.Integration.Servers;
using Dlcs.Read.Images;
using Dlcs.Read.Images.Elastic;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dlcs.Integration.Read;

/// <summary>Who the engine is, and who asks it.</summary>
public sealed class TrustingASearchEngine : IDisposable
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");
    private readonly Certificates certificates = new();

    public void Dispose() => certificates.Dispose();

    private static Meddling Only(string authorization) => (http, _, _) =>
        http.Request.Headers.Authorization.ToString() == authorization
            ? Middleman.Answer(http, 200, """{"version":{"number":"8.14.3"}}""")
            : Middleman.Answer(http, 401, """{"error":{"type":"security_exception","reason":"unable"},"status":401}""");

    private static async Task<ElasticProduct> Ask(ElasticSettings settings)
    {
        using var client = new ElasticClient(settings, NullLogger<ElasticClient>.Instance);
        return await client.Product(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task shows_its_key_or_its_name_and_repeats_neither()
    {
        await using var engine = await Middleman.Before(Nowhere);
        var settings = new ElasticSettings(engine.Url, "x");

        engine.Meddle = Only("ApiKey c2VzYW1l");
        (await Ask(settings with { ApiKey = "c2VzYW1l" })).Version.ShouldBe("8.14.3");
        var refused = await Should.ThrowAsync<IndexUnavailableException>(Ask(settings with { ApiKey = "c2VzYW1lIQ" }));
        refused.Message.ShouldContain("Elastic:ApiKey");
        refused.ToString().ShouldNotContain("c2VzYW1l");

        engine.Meddle = Only("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("dlcs:sésame")));
        (await Ask(settings with { Username = "dlcs", Password = "sésame" })).Name.ShouldBe("Elasticsearch");
        await Should.ThrowAsync<IndexUnavailableException>(Ask(settings));
    }

    [Fact]
    public async Task believes_those_whom_the_named_authority_signed_for_that_address()
    {
        using var right = certificates.For(IPAddress.Loopback);
        using var wrong = certificates.For(IPAddress.Parse("10.0.0.1"));
        await using var engine = await Middleman.Before(Nowhere, right);
        await using var other = await Middleman.Before(Nowhere, wrong);
        engine.Meddle = other.Meddle = Only("");
        var (it, another) = (new ElasticSettings(engine.Url, "x"), new ElasticSettings(other.Url, "x"));

        (await Ask(it with { CaFile = certificates.File })).IsTested.ShouldBeTrue();
        (await Ask(another with { Verify = false })).IsTested.ShouldBeTrue();
        await Should.ThrowAsync<IndexUnavailableException>(Ask(it));
        await Should.ThrowAsync<IndexUnavailableException>(Ask(another with { CaFile = certificates.File }));
    }
}

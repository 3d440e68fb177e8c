using System.Net;
using System.Text;
using Dlcs.Integration.Journeys;
using Dlcs.Integration.Servers;
using Dlcs.Read.Images;
using Dlcs.Read.Images.Elastic;
using Microsoft.Extensions.Logging;
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

    [Theory]
    [InlineData("""{"number":"8.14.3"}""", null)]
    [InlineData("""{"number":"2.19.1","distribution":"opensearch"}""", null)]
    [InlineData("""{"number":"8.1.0"}""", "Elasticsearch 8.1.0")]
    [InlineData("""{"number":"9.1.2"}""", "Elasticsearch 9.1.2")]
    [InlineData("""{"number":"3.0.0","distribution":"opensearch"}""", "OpenSearch 3.0.0")]
    [InlineData("""{"number":"1.2.3","distribution":"another"}""", "another 1.2.3")]
    public async Task takes_what_it_was_not_tested_with_and_says_so_once(string version, string? named)
    {
        await using var engine = await Middleman.Before(Nowhere);
        engine.Meddle = (http, _, _) => Middleman.Answer(http, 200, $$"""{"version":{{version}}}""");
        using var heard = new Heard();
        using var logs = LoggerFactory.Create(log => log.AddProvider(heard));
        using var client = new ElasticClient(new(engine.Url, "x"), logs.CreateLogger<ElasticClient>());

        await client.Ping(TestContext.Current.CancellationToken);
        await client.Ping(TestContext.Current.CancellationToken);

        var warnings = heard.Lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Sentence);
        if (named is null) warnings.ShouldBeEmpty();
        else warnings.ShouldHaveSingleItem().ShouldStartWith($"{named} is not one that this was tested with");
    }
}

using Dlcs.Iiif.ImageApi;

namespace Dlcs.Unit.ImageApi;

public sealed class NegotiatingAVersion
{
    private const string Context2 = "http://iiif.io/api/image/2/context.json";
    private const string Context3 = "http://iiif.io/api/image/3/context.json";
    private const string JsonLd2 = $"application/ld+json;profile=\"{Context2}\"";
    private const string JsonLd3 = $"application/ld+json;profile=\"{Context3}\"";

    [Theory]
    [InlineData(null, ApiVersion.V3, JsonLd3)]
    [InlineData("", ApiVersion.V3, JsonLd3)]
    [InlineData("*/*", ApiVersion.V3, JsonLd3)]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", ApiVersion.V3, JsonLd3)]
    [InlineData("application/json", ApiVersion.V3, "application/json")]
    [InlineData("application/ld+json", ApiVersion.V3, JsonLd3)]
    [InlineData("application/ld+json;q=0.5, application/json", ApiVersion.V3, "application/json")]
    [InlineData(JsonLd2, ApiVersion.V2, JsonLd2)]
    [InlineData(JsonLd3, ApiVersion.V3, JsonLd3)]
    [InlineData($"application/json;profile={Context2}", ApiVersion.V3, JsonLd3)] // no media type: a URL must be quoted
    [InlineData($"application/json;profile=\"{Context2}\"", ApiVersion.V2, "application/json")]
    [InlineData($"{JsonLd3};q=0.4, {JsonLd2};q=0.9", ApiVersion.V2, JsonLd2)]
    [InlineData($"application/ld+json;profile=\"https://example.org/a {Context2}\"", ApiVersion.V2, JsonLd2)]
    [InlineData($"application/ld+json;profile=\"{Context2} {Context3}\"", ApiVersion.V3, JsonLd3)]
    [InlineData("Application/LD+JSON;q=0.5, Application/JSON", ApiVersion.V3, "application/json")]
    [InlineData($"{JsonLd2};q=0, */*", ApiVersion.V3, JsonLd3)]
    [InlineData("nonsense;;;", ApiVersion.V3, JsonLd3)]
    public void listens_to_the_client(string? accept, ApiVersion version, string contentType)
    {
        var negotiated = Negotiation.Of(accept, named: null, ApiVersion.V3, Information.Context);

        (negotiated.Version, negotiated.ContentType).ShouldBe((version, contentType));
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/ld+json", JsonLd2)]
    [InlineData(JsonLd3, JsonLd2)]
    public void listens_to_the_url_first_and_links_regular_json_to_its_context(string? accept, string contentType)
    {
        var negotiated = Negotiation.Of(accept, ApiVersion.V2, ApiVersion.V3, Information.Context);

        negotiated.ShouldBe(new(ApiVersion.V2, contentType, contentType is JsonLd2 ? null
            : $"<{Context2}>;rel=\"http://www.w3.org/ns/json-ld#context\";type=\"application/ld+json\""));
    }
}

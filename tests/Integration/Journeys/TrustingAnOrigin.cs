using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Host;
using Dlcs.Integration.Apart;
using Dlcs.Integration.Fetching;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Journeys;

/// <summary>Whom this machine trusts is what OpenSSL's variables say, as for every other program.</summary>
public sealed class TrustingAnOrigin(Postgres postgres) : IAsyncLifetime
{
    private readonly RoleProcess dlcs = new("all", AdminKey.New(TimeProvider.System));
    private readonly Certificates trusted = new();
    private readonly Certificates other = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        dlcs.With(new Dictionary<string, string>
        {
            ["ConnectionStrings__Postgres"] = await postgres.NewDatabase(),
            ["Origins__AllowPrivateAddresses"] = "true",
            ["SSL_CERT_FILE"] = trusted.File,
        });
        await dlcs.Start();
        (await dlcs.Insist(HttpMethod.Post, "/customers/1/spaces", new JsonObject { ["name"] = "a" })).Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await dlcs.DisposeAsync();
        trusted.Dispose();
        other.Dispose();
    }

    [Fact]
    public async Task takes_the_picture_over_https_from_a_host_whose_authority_it_knows()
    {
        var (image, requests) = await Register(trusted, "folio");

        ((string)image["error"]!).ShouldBe("");
        ((int)image["width"]!, (int)image["height"]!).ShouldBe((64, 48));
        requests.ShouldBe(1);

        (image, requests) = await Register(other, "another");

        ((string)image["error"]!).ShouldStartWith("the origin's certificate or TLS cannot be trusted: https://");
        requests.ShouldBe(0);
    }

    /// <summary>The image as it is answered, and how often its origin was asked.</summary>
    private async Task<(JsonNode Image, int Requests)> Register(Certificates authority, string name)
    {
        using var picture = ImageApi.Picture.Make(64, 48);
        var bytes = picture.JpegsaveBuffer(q: 80);
        using var certificate = authority.For(IPAddress.Loopback);
        await using var origin = await Origin.Answering(
            http => http.Response.Body.WriteAsync(bytes).AsTask(), shows: certificate);
        var body = new JsonObject { ["origin"] = $"{origin.Url()}" };
        using var answer = await dlcs.Insist(HttpMethod.Put, $"/customers/1/spaces/1/images/{name}", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!, origin.Requests.Count);
    }
}

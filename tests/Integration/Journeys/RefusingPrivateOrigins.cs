using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Host;
using Dlcs.Integration.Apart;
using Dlcs.Integration.Fetching;
using Dlcs.Integration.Servers;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.Journeys;

/// <summary>The program as it comes lets no client reach the network that it stands in.</summary>
public sealed class RefusingPrivateOrigins(Postgres postgres) : IAsyncLifetime
{
    private readonly RoleProcess dlcs = new("all", AdminKey.New(TimeProvider.System));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        dlcs.With(new Dictionary<string, string> { ["ConnectionStrings__Postgres"] = await postgres.NewDatabase() });
        await dlcs.Start();
    }

    public ValueTask DisposeAsync() => dlcs.DisposeAsync();

    [Fact]
    public async Task asks_none_of_them_and_says_why()
    {
        await using var origin = await Origin.Answering(http => http.Response.WriteAsync("nobody's business"));
        (await dlcs.Insist(HttpMethod.Post, "/customers/1/spaces", new JsonObject { ["name"] = "a" })).Dispose();

        using var answer = await dlcs.Insist(
            HttpMethod.Put, "/customers/1/spaces/1/images/folio", new JsonObject { ["origin"] = $"{origin.Url()}" });

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var image = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!;
        ((bool)image["ingesting"]!).ShouldBeFalse();
        ((string)image["error"]!).ShouldBe($"the origin is at an address that is not public: {origin.Url()}");
        image["imageService"].ShouldBeNull();
        origin.Requests.ShouldBeEmpty();
    }
}

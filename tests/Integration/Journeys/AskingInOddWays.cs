using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Journeys;

/// <summary>What few clients ask, and HTTP allows.</summary>
public sealed class AskingInOddWays(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private Installation dlcs = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => dlcs = await Installation.Start(stores);

    public ValueTask DisposeAsync() => dlcs.DisposeAsync();

    [Fact]
    public async Task answers_HEAD_as_GET_without_the_body()
    {
        var space = await dlcs.NewSpace("manuscripts");
        (HttpClient Host, string Path, HttpStatusCode Status)[] asked =
        [
            (dlcs.Public, "/", HttpStatusCode.OK), (dlcs.Public, "/health", HttpStatusCode.OK),
            (dlcs.Public, "/health/live", HttpStatusCode.OK), (dlcs.Public, "/health/ready", HttpStatusCode.OK),
            (dlcs.Api, "/", HttpStatusCode.OK), (dlcs.Api, "/health", HttpStatusCode.OK),
            (dlcs.Api, "/health/live", HttpStatusCode.OK), (dlcs.Api, "/health/ready", HttpStatusCode.OK),
            (dlcs.Api, $"/customers/1/spaces/{space}", HttpStatusCode.OK),
            (dlcs.Api, "/customers/1/allImages", HttpStatusCode.OK),
            (dlcs.Api, "/customers/1/spaces/77", HttpStatusCode.NotFound),
        ];
        foreach (var (host, path, status) in asked)
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, path);
            using var answer = await host.SendAsync(request, Ct);

            answer.StatusCode.ShouldBe(status, path);
            (await answer.Content.ReadAsByteArrayAsync(Ct)).ShouldBeEmpty(path);
        }
        using var own = new HttpRequestMessage(HttpMethod.Head, "/customers/1/keys/x"); // is only deleted
        (await dlcs.Api.SendAsync(own, Ct)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData(false, "/iiif-img/1/1/a%00b/info.json")]
    [InlineData(false, "/thumbs/1/1/%00/info.json")]
    [InlineData(false, "/iiif-resource/1/book/%00")]
    [InlineData(false, "/%00")]
    [InlineData(true, "/customers/1/spaces/1/images/a%00")]
    [InlineData(true, "/customers/%00")]
    public async Task takes_no_null_in_a_path(bool api, string path)
    {
        var host = (api ? dlcs.Api : dlcs.Public).BaseAddress!;

        (await Raw(host, $"http://{host.Authority}{path}")).ShouldStartWith("HTTP/1.1 400 ");

        (await Raw(host, path)).ShouldStartWith("HTTP/1.1 400 ");
        (await Raw(host, $"http://{host.Authority}/health/live?x=%00")).ShouldStartWith("HTTP/1.1 200 ");
    }

    [Fact]
    public async Task knows_a_customer_by_its_number_however_it_is_written()
    {
        await dlcs.Put("/customers/01/spaces/5", new JsonObject { ["name"] = "manuscripts" });

        (await dlcs.Get("/customers/01/spaces/5")).ToJsonString()
            .ShouldBe((await dlcs.Get("/customers/1/spaces/05")).ToJsonString());
    }

    [Fact]
    public async Task says_to_a_key_of_another_customer_which_kind_of_key_is_asked_for()
    {
        await dlcs.Post("/customers", new JsonObject { ["name"] = "two", ["displayName"] = "Two" });
        var key = await dlcs.Post("/customers/2/keys", null, HttpStatusCode.OK);
        using var two = new HttpClient { BaseAddress = dlcs.Api.BaseAddress };
        two.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{key["key"]}:{key["secret"]}")));

        using var answer = await two.GetAsync("/customers/1/spaces", Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Basic");
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain("another customer");

        foreach (var path in (string[])["/customers", "/customers/"])
        {
            using var refused = await two.PostAsync(
                path, new StringContent("{}", Encoding.UTF8, "application/json"), Ct);
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await refused.Content.ReadAsStringAsync(Ct)).ShouldContain("administrator");
        }
    }

    [Fact]
    public async Task lists_all_named_queries_unless_pages_are_asked_for()
    {
        for (var n = 0; n <= 100; n++)
            await dlcs.Post("/customers/1/namedQueries", new JsonObject
            { ["name"] = $"query-{n}", ["template"] = "s1=p1" });

        var all = await dlcs.Get("/customers/1/namedQueries");
        all["member"]!.AsArray().Count.ShouldBe((int)all["totalItems"]!);
        ((int)all["pageSize"]!).ShouldBe((int)all["totalItems"]!);
        all["view"].ShouldBeNull();
        (await dlcs.Get("/customers/1/namedQueries?page=2"))["view"]!["totalPages"]!.GetValue<int>().ShouldBe(2);
        (await dlcs.Get("/customers"))["member"]!.AsArray().Count.ShouldBe(1);
    }

    private static async Task<string> Raw(Uri host, string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Host, host.Port, Ct);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {target} HTTP/1.1\r\nHost: {host.Authority}\r\nConnection: close\r\n\r\n"), Ct);
        return await new StreamReader(client.GetStream()).ReadToEndAsync(Ct);
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Journeys;

/// <summary>Each gets an error that names the field or the cause, in the one shape, and loses nothing.</summary>
public sealed class RefusingBadInput(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private const string Image = "/customers/1/spaces/1/images/x";
    private const string Queue = "/customers/1/queue";
    private const string ApiUrl = "https://api.example.org/dlcs";
    private Installation dlcs = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        dlcs = await Installation.Start(stores, s => s with { ApiUrl = new Uri(ApiUrl) });
        await dlcs.NewSpace("manuscripts");
    }

    public ValueTask DisposeAsync() => dlcs.DisposeAsync();

    [Theory]
    [InlineData("PUT", Image, "{", 400, "JSON")]
    [InlineData("PUT", Image, "[]", 400, "object")]
    [InlineData("PUT", Image, "{}", 400, "origin")]
    [InlineData("PUT", Image, """{"origin":7}""", 400, "origin")]
    [InlineData("PUT", Image, """{"origin":"1.tif"}""", 400, "origin")]
    [InlineData("PUT", Image, """{"origin":"gopher://a/1"}""", 400, "origin must begin with http")]
    [InlineData("PUT", Image, """{"origin":"https://me:pw@example.org/1"}""", 400, "origin strateg")]
    [InlineData("PUT", Image, """{"origin":"https://a.org/1","number1":"x"}""", 400, "number1")]
    [InlineData("PUT", Image, """{"origin":"https://a.org/1","width":5}""", 400, "width")]
    [InlineData("PUT", Image, """{"origin":"https://a.org/1","deliveryChannels":["iiif-av"]}""", 400, "iiif-av")]
    [InlineData("PUT", "/customers/1/spaces/9/images/x", """{"origin":"https://a.org/1"}""", 400, "space")]
    [InlineData("PUT", "/customers/9/spaces/1/images/x", """{"origin":"https://a.org/1"}""", 404, "customer")]
    [InlineData("GET", Image, "", 404, "1/1/x")]
    [InlineData("GET", "/customers/1/spaces/-1/images/x", "", 404, "1/-1/x")]
    [InlineData("GET", "/customers/1/spaces/+5/images/x/history", "", 404, "1/5/x")]
    [InlineData("GET", "/customers/1/queue/batches/77", "", 404, "77")]
    [InlineData("GET", "/customers/1/namedQueries/00000000-0000-0000-0000-000000000001", "", 404, "named query")]
    [InlineData("GET", "/customers/1/spaces/9/images?asOf=2026-01-01", "", 404, "space")]
    [InlineData("GET", "/customers/1/allImages?orderBy=shoesize", "", 400, "shoesize")]
    [InlineData("GET", "/customers/1/allImages?q={", "", 400, "query")]
    [InlineData("GET", "/customers/1/allImages?asOf=yesterday", "", 400, "asOf")]
    [InlineData("POST", Queue, """{"member":[]}""", 400, "member")]
    [InlineData("POST", Queue, """{"@type":"\ud800","member":[{}]}""", 400, "@type")]
    [InlineData(
        "POST", Queue,
        """{"member":[{"id":"a","space":1,"origin":"https://a/1"},{"id":"1/1/a","origin":"https://a/2"}]}""",
        400, "a")]
    [InlineData("POST", Queue, """{"member":[{"id":"a","space":9,"origin":"https://a/1"}]}""", 400, "space")]
    [InlineData("POST", "/customers/1/spaces", """{"name":"MANUSCRIPTS"}""", 409, "name")]
    [InlineData("POST", "/customers/1/namedQueries", """{"name":"a b/c","template":""}""", 400, "template")]
    [InlineData("POST", "/customers", """{"name":"v2","displayName":"x"}""", 400, "name")]
    public async Task says_what_to_do(string method, string path, string body, int status, string named)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not "") request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await dlcs.Api.SendAsync(request, Ct);

        var text = await response.Content.ReadAsStringAsync(Ct);
        ((int)response.StatusCode).ShouldBe(status, text);
        var error = JsonNode.Parse(text)!;
        ShouldBeWhole(error, status);
        ((string)error["instance"]!).ShouldBe(ApiUrl + path.Split('?')[0]);
        ((string)error["detail"]!).ShouldContain(named, Case.Insensitive);
        ((int)(await dlcs.Get("/customers/1/allImages"))["totalItems"]!).ShouldBe(0);
    }

    [Theory]
    [InlineData(null, "application/problem+json")]
    [InlineData("application/json", "application/problem+json")]
    [InlineData("text/html", "application/problem+json")]
    [InlineData("application/ld+json", "application/ld+json")]
    [InlineData("application/ld+json;q=0.9, text/html", "application/ld+json")]
    [InlineData("application/ld+json, */*;q=0.1", "application/problem+json")]
    public async Task says_it_in_one_shape_whatever_is_accepted(string? accept, string type)
    {
        using var stranger = new HttpClient { BaseAddress = dlcs.Api.BaseAddress };
        (HttpClient From, string Method, string Path, int Status)[] refused =
        [
            (dlcs.Api, "GET", Image, 404), (dlcs.Api, "GET", "/nowhere", 404), (dlcs.Api, "DELETE", "/customers", 405),
            (dlcs.Api, "GET", "/customers/1/allImages?q={", 400), (stranger, "GET", "/customers/1/spaces", 401),
        ];
        foreach (var (from, method, path, status) in refused)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (accept is not null) request.Headers.Add("Accept", accept);
            using var response = await from.SendAsync(request, Ct);

            ((int)response.StatusCode).ShouldBe(status);
            response.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe(type);
            ShouldBeWhole(JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!, status);
        }
    }

    [Fact]
    public async Task names_the_limit_of_a_batch_that_is_too_large()
    {
        var members = Enumerable.Range(0, dlcs.Settings.BatchMembers + 1).Select(n => (JsonNode)new JsonObject
        { ["id"] = $"p{n}", ["space"] = 1, ["origin"] = "https://example.org/1.tif" });

        var error = await dlcs.Post(
            Queue, new JsonObject { ["member"] = new JsonArray([.. members]) },
            HttpStatusCode.RequestEntityTooLarge);

        ((string)error["detail"]!).ShouldContain("1000");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Basic !!!")]
    [InlineData("Basic MTIzOnNlY3JldA==")]
    [InlineData("Bearer x")]
    public async Task asks_for_a_key(string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/customers/1/spaces");
        using var stranger = new HttpClient { BaseAddress = dlcs.Api.BaseAddress };
        if (authorization is not "") request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var response = await stranger.SendAsync(request, Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Basic");
    }

    [Fact]
    public async Task keeps_customers_apart()
    {
        await dlcs.Post("/customers", new JsonObject { ["name"] = "one", ["displayName"] = "One" });
        await dlcs.Post("/customers", new JsonObject { ["name"] = "two", ["displayName"] = "Two" });
        var key = await dlcs.Post("/customers/2/keys", null, HttpStatusCode.OK);
        using var two = Holder(key);

        (await two.GetAsync("/customers/2/spaces", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await two.GetAsync("/customers/3/spaces", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await two.PostAsJsonAsync("/customers", new { name = "x", displayName = "x" }, Ct))
            .StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        // A path that is of customer 2 only once its dot segments are gone, and names an image of customer 3.
        await dlcs.Post("/customers/3/spaces", new JsonObject { ["name"] = "closed" });
        await dlcs.Put("/customers/3/spaces/1/images/x", new JsonObject { ["file"] = ImageApi.Picture.File(64, 48) });
        var path = "/customers/2/spaces/1/images/y/customers/3/spaces/1/images/x/../../../../../../../y";
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri(
            two.BaseAddress!.GetLeftPart(UriPartial.Authority) + path,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        (await two.SendAsync(request, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        ((string)(await dlcs.Get("/customers/3/spaces/1/images/x"))["id"]!).ShouldBe("x");

        await dlcs.Send(HttpMethod.Delete, $"/customers/2/keys/{key["key"]}", null, HttpStatusCode.NoContent);
        (await two.GetAsync("/customers/2/spaces", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task leads_a_customer_only_to_what_it_may_read()
    {
        await dlcs.Post("/customers", new JsonObject { ["name"] = "one", ["displayName"] = "One" });
        await dlcs.Post("/customers/1/namedQueries", new JsonObject
        { ["name"] = "everyones", ["template"] = "space=p1", ["global"] = true });
        using var one = Holder(await dlcs.Post("/customers/2/keys", null, HttpStatusCode.OK));

        var listed = JsonNode.Parse(await one.GetStringAsync("/customers/2/namedQueries", Ct))!["member"]!.AsArray();

        var id = (string)listed.ShouldHaveSingleItem()!["@id"]!;
        var found = JsonNode.Parse(await one.GetStringAsync(id[ApiUrl.Length..], Ct))!;
        ((string)found["@id"]!, (string)found["name"]!).ShouldBe((id, "everyones"));
    }

    [Fact]
    public async Task serves_nothing_of_one_host_on_the_other()
    {
        (await dlcs.Public.GetAsync("/customers", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await dlcs.Public.GetAsync("/customers/1/spaces", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await dlcs.Api.GetAsync("/iiif-img/1/1/x/info.json", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await dlcs.Api.GetAsync("/iiif-resource/1/q/1", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await dlcs.Public.GetStringAsync("/", Ct)).ShouldContain("IIIF");
        (await dlcs.Api.GetStringAsync("/", Ct)).ShouldContain("EntryPoint");
    }

    private static void ShouldBeWhole(JsonNode error, int status)
    {
        ((string)error["@type"]!).ShouldBe("Error");
        ((int)error["statusCode"]!, (int)error["status"]!).ShouldBe((status, status));
        ((string)error["title"]!).ShouldNotBeEmpty();
        ((string)error["description"]!).ShouldBe((string?)error["detail"] ?? (string)error["title"]!);
    }

    private HttpClient Holder(JsonNode key)
    {
        var holder = new HttpClient { BaseAddress = dlcs.Api.BaseAddress };
        holder.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{key["key"]}:{key["secret"]}")));
        return holder;
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Journeys;

/// <summary>A reader who does not know the shelfmark: words, facets, ranges, and page after page.</summary>
public sealed class SearchingTheCatalogue(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private const string All = "/customers/1/allImages";
    private Installation dlcs = null!;

    public async ValueTask InitializeAsync()
    {
        dlcs = await Installation.Start(stores);
        await dlcs.NewSpace("manuscripts");
        var members = Enumerable.Range(1, 5).Select(n => (JsonNode)new JsonObject
        {
            ["id"] = $"page-{n}",
            ["space"] = 1,
            ["origin"] = $"https://127.0.0.1:1/{n}.jp2",
            ["string1"] = n < 4 ? "Dvořák <Book & Co>" : "Atlas",
            ["number1"] = n,
            ["tags"] = new JsonArray("scan", n % 2 is 0 ? "verso" : "recto"),
            ["roles"] = n is 1 ? new JsonArray("clickthrough") : [],
        });
        await dlcs.Post("/customers/1/queue", new JsonObject { ["member"] = new JsonArray([.. members]) });
    }

    public ValueTask DisposeAsync() => dlcs.DisposeAsync();

    private static IEnumerable<string> Ids(JsonNode collection) =>
        collection["member"]!.AsArray().Select(i => (string)i!["id"]!);

    private static string Value(JsonNode? facets, string field) => string.Join(", ", facets![field]!.AsArray()
        .Select(v => $"{v!["value"]!.ToJsonString()}: {v["count"]}"));

    [Fact]
    public async Task finds_words_and_shows_where()
    {
        var found = await dlcs.Get($"{All}?text=dvorak%20%22book%20co%22&highlight=true&orderBy=number1");

        Ids(found).ShouldBe(["page-1", "page-2", "page-3"]);
        found["member"]![0]!["highlights"]!.ToJsonString().ShouldBe(new JsonObject
        {
            ["string1"] = new JsonArray("<em>Dvořák</em> &lt;<em>Book</em> &amp; <em>Co</em>&gt;"),
        }.ToJsonString());
        (await dlcs.Get($"{All}?q={{\"text\":\"atl*\"}}"))["totalItems"]!.GetValue<int>().ShouldBe(2);
        Ids(await dlcs.Get($"{All}?text=page-4")).ShouldBe(["page-4"]);
        (await dlcs.Get($"{All}?text=atlas"))["member"]![0]!["highlights"].ShouldBeNull();
    }

    [Fact]
    public async Task counts_values_beside_the_page()
    {
        var found = await dlcs.Get($"{All}?facets=string1,tags,number1,roles,space&number1=1..3&pageSize=1");

        found["totalItems"]!.GetValue<int>().ShouldBe(3);
        var facets = found["facets"];
        Value(facets, "string1").ShouldBe("\"Dvo\\u0159\\u00E1k \\u003CBook \\u0026 Co\\u003E\": 3");
        Value(facets, "tags").ShouldBe("\"scan\": 3, \"recto\": 2, \"verso\": 1");
        Value(facets, "number1").ShouldBe("1: 1, 2: 1, 3: 1");
        Value(facets, "space").ShouldBe("1: 3");
        var role = (string)facets!["roles"]![0]!["value"]!;
        role.ShouldEndWith("/customers/1/roles/clickthrough");
        Ids(await dlcs.Get($"{All}?roles={role}")).ShouldBe(["page-1"]);
    }

    [Fact]
    public async Task selects_by_when_it_was_registered()
    {
        var year = TimeProvider.System.GetUtcNow().Year;

        (await dlcs.Get($"{All}?created={year - 1}.."))["totalItems"]!.GetValue<int>().ShouldBe(5);
        (await dlcs.Get($"{All}?created=..{year - 2}"))["totalItems"]!.GetValue<int>().ShouldBe(0);
        (await dlcs.Get($"{All}?q={{\"created\":\"{year - 1}..{year + 1}\"}}"))["totalItems"]!
            .GetValue<int>().ShouldBe(5);
    }

    [Theory]
    [InlineData("/customers/1/allImages?orderByDescending=number1&pageSize=2&tags=scan")]
    [InlineData("/customers/1/spaces/1/images?orderByDescending=number1&pageSize=2")]
    [InlineData("/customers/1/queue/batches/1/images?orderByDescending=number1&pageSize=2")]
    public async Task follows_the_pages_to_the_end(string path)
    {
        var ids = new List<string>();
        var next = path;
        while (true)
        {
            var page = await dlcs.Get(next);
            ids.AddRange(Ids(page));
            page["totalItems"]!.GetValue<int>().ShouldBe(5);
            if ((string?)page["view"]!["next"] is not { } link) break;
            link.ShouldContain("&after=");
            next = new Uri(link).PathAndQuery;
        }
        ids.ShouldBe(["page-5", "page-4", "page-3", "page-2", "page-1"]);
        Ids(await dlcs.Get($"{path}&page=3")).ShouldBe(["page-1"]);
        Ids(await dlcs.Get($"{path}&page=2")).ShouldBe(["page-3", "page-2"]);
    }

    [Fact]
    public async Task follows_the_pages_to_the_end_while_they_change()
    {
        var ids = new List<string>();
        var before = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'");
        for (var next = $"{All}?orderBy=number1&pageSize=2"; next is not null;)
        {
            var page = await dlcs.Get(next);
            foreach (var id in Ids(page))
            {
                ids.Add(id);
                await dlcs.Send(
                    HttpMethod.Delete, $"/customers/1/spaces/1/images/{id}", null, HttpStatusCode.NoContent);
            }
            next = (string?)page["view"]?["next"] is { } link ? new Uri(link).PathAndQuery : null;
        }
        ids.ShouldBe(["page-1", "page-2", "page-3", "page-4", "page-5"]);

        await dlcs.Send(HttpMethod.Delete, "/customers/1/spaces/1", null, HttpStatusCode.NoContent);
        await dlcs.Get("/customers/1/spaces/1/images", HttpStatusCode.NotFound);
        Ids(await dlcs.Get($"/customers/1/spaces/1/images?orderBy=number1&asOf={before}")).ShouldBe(ids);
    }

    [Theory]
    [InlineData("text=*", "text")]
    [InlineData("facets=shoesize", "facets")]
    [InlineData("number1=1..x", "number1")]
    [InlineData("created=soon", "created")]
    [InlineData("after=x", "after")]
    [InlineData("highlight=maybe", "highlight")]
    public async Task says_which_parameter_is_wrong(string query, string named) =>
        ((string)(await dlcs.Get($"{All}?{query}", HttpStatusCode.BadRequest))["detail"]!).ShouldContain(named);
}

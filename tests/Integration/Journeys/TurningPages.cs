using System.Text.Json.Nodes;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Journeys;

/// <summary>Collections in pages, by the links that they have.</summary>
public sealed class TurningPages(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private const string All = "/customers/1/allImages";
    private static readonly string[] Book = ["page-5", "page-4", "page-3", "page-2", "page-1"];
    private Installation dlcs = null!;

    public async ValueTask InitializeAsync()
    {
        dlcs = await Installation.Start(stores);
        await dlcs.NewSpace("a");
        using var picture = ImageApi.Picture.Make(64, 48);
        var file = Convert.ToBase64String(picture.JpegsaveBuffer(q: 80));
        var members = Enumerable.Range(1, 6).Select(n => (JsonNode)new JsonObject
        {
            ["id"] = $"page-{n}",
            ["space"] = 1,
            ["file"] = file,
            ["number1"] = n,
            ["string1"] = n is 6 ? "another" : "book & more",
        });
        await dlcs.Post("/customers/1/queue", new JsonObject { ["member"] = new JsonArray([.. members]) });
        await dlcs.Until(All, all => (int)all["totalItems"]! is 6);
    }

    public ValueTask DisposeAsync() => dlcs.DisposeAsync();

    [Fact]
    public async Task goes_forward_and_back_and_keeps_filter_and_order()
    {
        var q = Uri.EscapeDataString("""{"string1":"book & more"}""");
        var first = await dlcs.Get($"{All}?q={q}&orderByDescending=number1&pageSize=2");
        ShouldBe(first, page: 1, Book[..2], "next", "last");

        var second = await Follow(first, "next");
        ShouldBe(second, page: 2, Book[2..4], "first", "previous", "next", "last");

        var third = await Follow(second, "next");
        ShouldBe(third, page: 3, Book[4..], "first", "previous");

        ShouldBe(await Follow(third, "previous"), page: 2, Book[2..4], "first", "previous", "next", "last");
        ShouldBe(await Follow(second, "previous"), page: 1, Book[..2], "next", "last");
        ShouldBe(await Follow(third, "first"), page: 1, Book[..2], "next", "last");
        ShouldBe(await Follow(first, "last"), page: 3, Book[4..], "first", "previous");
        ShouldBe(await Follow(second, "@id"), page: 2, Book[2..4], "first", "previous", "next", "last");
    }

    [Fact]
    public async Task takes_what_makes_no_sense_for_the_default()
    {
        foreach (var page in (string[])["0", "-1", "x", ""])
            ShouldBe(await Ask($"pageSize=2&page={page}"), page: 1, Book[..2], "next", "last");

        foreach (var size in (string[])["0", "-1", "501", "x", ""])
        {
            var all = await Ask($"pageSize={size}");
            ((int)all["pageSize"]!).ShouldBe(100, size);
            Ids(all).ShouldBe(Book);
            all["view"].ShouldBeNull();
        }
        ((int)(await Ask("pageSize=500"))["pageSize"]!).ShouldBe(500);
    }

    private Task<JsonNode> Ask(string paging) =>
        dlcs.Get($"{All}?string1=book+%26+more&orderByDescending=number1&{paging}");

    private Task<JsonNode> Follow(JsonNode page, string link) => dlcs.Get((string)page["view"]![link]!);

    private static void ShouldBe(JsonNode collection, int page, string[] ids, params string[] links)
    {
        Ids(collection).ShouldBe(ids);
        ((int)collection["totalItems"]!, (int)collection["pageSize"]!).ShouldBe((Book.Length, 2));
        var view = collection["view"]!.AsObject();
        ((int)view["page"]!, (int)view["pageSize"]!, (int)view["totalPages"]!).ShouldBe((page, 2, 3));
        view.Select(property => property.Key)
            .ShouldBe(["@id", "@type", .. links, "page", "pageSize", "totalPages"]);
    }

    private static string[] Ids(JsonNode collection) =>
        [.. collection["member"]!.AsArray().Select(image => (string)image!["id"]!)];
}

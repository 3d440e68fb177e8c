using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dlcs.Integration.ImageApi;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Read.Projecting;
using Microsoft.Extensions.DependencyInjection;
using NetVips;

namespace Dlcs.Integration.Journeys;

/// <summary>A library's first day: from an origin on the network to tiles, and to the manifest as it was.</summary>
public sealed class DigitisingABook(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private const int Pages = 6;
    private static readonly Uri Api = new("https://api.library.example");
    private static readonly Uri Site = new("https://library.example");
    private Installation dlcs = null!;
    private Library library = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        (dlcs, library) = (
            await Installation.Start(stores, s => s with { ApiUrl = Api, PublicUrl = Site }), await Library.Open());

    public async ValueTask DisposeAsync()
    {
        await dlcs.DisposeAsync();
        await library.DisposeAsync();
    }

    [Fact]
    public async Task from_a_batch_to_tiles_and_to_the_manifest_as_it_was()
    {
        var space = await dlcs.NewSpace("manuscripts");
        var source = library.Page("1.png", 1500, 1100);
        for (var page = 2; page <= Pages; page++) library.Page($"{page}.png", 300, 200);

        await dlcs.Post("/customers/1/namedQueries", Query("canvas=n1&s1=p1", global: true));
        var all = new JsonObject { ["name"] = "all", ["template"] = "canvas=n1&spacename=p1" };
        await dlcs.Post("/customers/1/namedQueries", all);

        // A batch, and its progress.
        var batch = await dlcs.Post("/customers/1/queue", Batch(space));
        var path = new Uri((string)batch["@id"]!).AbsolutePath;
        ((int)batch["count"]!).ShouldBe(Pages + 1);
        var done = await dlcs.Until(path, b => (int)b["completed"]! == Pages + 1);
        ((int)done["errors"]!).ShouldBe(1);
        done["finished"].ShouldNotBeNull();
        // An index that is fed at its own pace shows a moment later what the batch says already.
        await dlcs.Until(
            $"/customers/1/spaces/{space}/images",
            images => images["member"]!.AsArray() is { Count: Pages + 1 } shown
                && shown.All(i => !(bool)i!["ingesting"]!));

        // Queries by its own metadata.
        var found = await dlcs.Get(
            "/customers/1/allImages?q={\"string1\":\"ms-1\",\"number1\":[1,2]}&orderByDescending=number1");
        found["member"]!.AsArray().Select(i => (string)i!["id"]!).ShouldBe(["page-2", "page-1"]);
        var failed = await dlcs.Get($"/customers/1/spaces/{space}/images/lost");
        ((string)failed["error"]!).ShouldContain("404");

        // The manifest of a named query.
        var manifest = await Manifest("/iiif-resource/1/book/ms-1");
        manifest["items"]!.AsArray().Count.ShouldBe(Pages);
        var service = (string)manifest["items"]![0]!["items"]![0]!["items"]![0]!["body"]!["service"]!
            .AsArray().Single(s => (string?)s!["type"] is "ImageService3")!["id"]!;

        // Tiles, as a viewer asks for them, put together and compared with the source.
        using var seen = await Viewer.PutTogether(
            Look, new Uri(service).AbsolutePath, source.Width, source.Height, tile: 512, factor: 1);
        (seen.Width, seen.Height).ShouldBe((source.Width, source.Height));
        Picture.Likeness(seen, source).ShouldBeGreaterThan(30);

        // The views again from the first event: the same, to the last byte.
        var rebuild = new Rebuild(
            dlcs.Services.GetRequiredService<IEventStore>(), dlcs.Services.GetRequiredService<ReadStore>(),
            new Progress<RebuildProgress>());
        (await rebuild.Run([], accept: false, Ct)).ShouldAllBe(view => view.Swapped && view.Is == view.Was);

        // A correction, its history, and the manifest as it was before.
        await dlcs.Send(
            HttpMethod.Patch, $"/customers/1/spaces/{space}/images/page-2",
            new JsonObject { ["string1"] = "ms-2", ["tags"] = new JsonArray("moved") }, HttpStatusCode.OK);
        (await Manifest("/iiif-resource/1/book/ms-1"))["items"]!.AsArray().Count.ShouldBe(Pages - 1);

        var history = (await dlcs.Get($"/customers/1/spaces/{space}/images/page-2/history"))["member"]!.AsArray();
        history.Select(e => (string)e!["type"]!).ShouldBe(["ImageRegistered", "ImageIngested", "ImageDescribed"]);
        var change = history[2]!["changes"]!.AsArray().Single(c => (string?)c!["field"] is "string1")!;
        ((string)change["before"]!, (string)change["after"]!).ShouldBe(("ms-1", "ms-2"));
        ((string)history[2]!["by"]!).ShouldBe(dlcs.Settings.AdminKey!.Key.ToString());

        var before = Uri.EscapeDataString((string)done["finished"]!);
        (await Manifest($"/iiif-resource/1/book/ms-1?asOf={before}"))["items"]!.AsArray().Count.ShouldBe(Pages);
        var then = await dlcs.Get($"/customers/1/spaces/{space}/images/page-2?asOf={before}");
        ((string)then["string1"]!).ShouldBe("ms-1");
        await FindsASpaceByTheNameItHad(space, before);
        await NamesAllByTheAddressesThatAreSet(space);
        await SharesItsNamedQuery();
    }

    private async Task FindsASpaceByTheNameItHad(int space, string before)
    {
        var name = new JsonObject { ["name"] = "renamed" };
        await dlcs.Send(HttpMethod.Patch, $"/customers/1/spaces/{space}", name, HttpStatusCode.OK);

        (await Manifest("/iiif-resource/1/all/renamed"))["items"]!.AsArray().Count.ShouldBe(Pages);
        (await Manifest($"/iiif-resource/1/all/manuscripts?asOf={before}"))["items"]!.AsArray().Count.ShouldBe(Pages);
        string[] others = ["/iiif-resource/1/all/manuscripts", $"/iiif-resource/1/all/renamed?asOf={before}"];
        foreach (var unknown in others)
            (await dlcs.Public.GetAsync(unknown, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>Whoever is asked, by whatever address.</summary>
    private async Task NamesAllByTheAddressesThatAreSet(int space)
    {
        var (images, page, book) = (
            $"{Api}customers/1/spaces/{space}/images", $"{Site}iiif-img/1/{space}/page-1", "iiif-resource/1/book/ms-1");
        using var posted = await dlcs.Api.PostAsJsonAsync("/customers/1/spaces", new JsonObject { ["name"] = "b" }, Ct);
        var made = JsonNode.Parse(await posted.Content.ReadAsStringAsync(Ct))!;
        ((string)made["@id"]!).ShouldBe($"{Api}customers/1/spaces/{made["id"]}");
        posted.Headers.Location!.ToString().ShouldBe((string)made["@id"]!);

        var role = new JsonObject { ["roles"] = new JsonArray($"{Api}customers/1/roles/staff") };
        var lost = await dlcs.Send(HttpMethod.Patch, new Uri(images).AbsolutePath + "/lost", role, HttpStatusCode.OK);
        lost["roles"]!.ToJsonString().ShouldBe(role["roles"]!.ToJsonString());
        ((int)(await dlcs.Get("/customers/1/allImages?roles=staff"))["totalItems"]!).ShouldBe(1);

        var found = await dlcs.Get($"/customers/1/spaces/{space}/images?orderBy=number1&pageSize=1");
        ((string)found["@id"]!).ShouldBe(images);
        ((string)found["view"]!["next"]!).ShouldStartWith($"{images}?page=2&pageSize=1&orderBy=number1&after=");
        ((string)found["member"]![0]!["@id"]!).ShouldBe($"{images}/page-1");
        ((string)found["member"]![0]!["imageService"]!).ShouldBe(page);

        var (manifest, info) = (await Manifest("/" + book), await Manifest($"/iiif-img/1/{space}/page-1/info.json"));
        ((string)manifest["id"]!, (string)info["id"]!).ShouldBe(($"{Site}{book}", page));
        JsonNode[] answers = [made, lost, manifest, info, await dlcs.Get("/"), await dlcs.Get("/customers/1")];
        foreach (var port in (int[])[dlcs.Settings.ApiPort, dlcs.Settings.Port])
            answers.ShouldAllBe(answer => !answer.ToJsonString().Contains($"127.0.0.1:{port}"));
    }

    /// <summary>What is there for all serves another customer, until that has a query of the name itself.</summary>
    private async Task SharesItsNamedQuery()
    {
        var other = new JsonObject { ["name"] = "other", ["displayName"] = "Another library" };
        var customer = new Uri((string)(await dlcs.Post("/customers", other))["@id"]!).AbsolutePath;
        await dlcs.Post($"{customer}/spaces", new JsonObject { ["name"] = "prints" });
        using var print = Picture.Make(64, 48);
        var file = new JsonObject { ["file"] = Convert.ToBase64String(print.PngsaveBuffer()), ["string1"] = "ms-1" };
        await dlcs.Put($"{customer}/spaces/1/images/print", file);

        var shared = (await dlcs.Get($"{customer}/namedQueries"))["member"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)shared["name"]!, (bool)shared["global"]!).ShouldBe(("book", true));
        ((string)shared["@id"]!).ShouldStartWith($"{Api}{customer[1..]}/namedQueries/");
        var canvas = (await Manifest("/iiif-resource/other/book/ms-1"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)canvas["id"]!).ShouldContain($"/iiif-img{customer.Replace("customers/", "")}/1/print/");

        await dlcs.Post($"{customer}/namedQueries", Query("canvas=n1&s2=p1"));
        (await dlcs.Public.GetAsync("/iiif-resource/other/book/ms-1", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Manifest("/iiif-resource/1/book/ms-1"))["items"]!.AsArray().Count.ShouldBe(Pages - 1);
    }

    private static JsonObject Query(string template, bool global = false) =>
        new() { ["name"] = "book", ["template"] = template, ["global"] = global };

    private JsonObject Batch(int space)
    {
        var members = Enumerable.Range(1, Pages)
            .Select(n => Member($"page-{n}", library.Url($"{n}.png"), n))
            .Append(Member("lost", library.Url("status/404"), 99));
        return new JsonObject { ["@type"] = "Collection", ["member"] = new JsonArray([.. members]) };

        JsonNode Member(string id, string origin, int n) => new JsonObject
        { ["id"] = id, ["space"] = space, ["origin"] = origin, ["string1"] = "ms-1", ["number1"] = n };
    }

    private async Task<Image> Look(string path) =>
        Image.NewFromBuffer(await dlcs.Public.GetByteArrayAsync(path, Ct));

    private async Task<JsonNode> Manifest(string path) =>
        JsonNode.Parse(await dlcs.Public.GetStringAsync(path, Ct))!;
}

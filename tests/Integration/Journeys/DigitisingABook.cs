using System.Net;
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
    private Installation dlcs = null!;
    private Library library = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        (dlcs, library) = (await Installation.Start(stores), await Library.Open());

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

        await dlcs.Post(
            "/customers/1/namedQueries", new JsonObject { ["name"] = "book", ["template"] = "canvas=n1&s1=p1" });
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

using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Journeys;

/// <summary>Immediate mode: the answer is the processed image, or says why there is none.</summary>
public sealed class RegisteringByHand(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private Installation dlcs = null!;
    private Library library = null!;
    private int space;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Image => $"/customers/1/spaces/{space}/images/folio";

    public async ValueTask InitializeAsync()
    {
        (dlcs, library) = (await Installation.Start(stores), await Library.Open());
        space = await dlcs.NewSpace("by hand");
        library.Page("folio.jpg", 700, 500);
    }

    public async ValueTask DisposeAsync()
    {
        await dlcs.DisposeAsync();
        await library.DisposeAsync();
    }

    private JsonObject From(string path) => new() { ["origin"] = library.Url(path) };

    [Fact]
    public async Task answers_with_the_processed_image()
    {
        var image = await dlcs.Put(Image, From("folio.jpg"));

        ((int)image["width"]!, (int)image["height"]!).ShouldBe((700, 500));
        ((bool)image["ingesting"]!).ShouldBeFalse();
        ((string)image["mediaType"]!).ShouldBe("image/jpeg");
        (await dlcs.Put(Image, From("folio.jpg"), HttpStatusCode.OK))["error"]!.GetValue<string>().ShouldBe("");
    }

    [Fact]
    public async Task answers_with_the_present_whatever_past_is_asked_for() =>
        ((int)(await dlcs.Put($"{Image}-now?asOf=2020-01-01", From("folio.jpg")))["width"]!).ShouldBe(700);

    [Fact]
    public async Task takes_the_file_itself_as_base64()
    {
        var bytes = await new HttpClient().GetByteArrayAsync(library.Url("folio.jpg"), Ct);

        var image = await dlcs.Put(Image, new JsonObject { ["file"] = Convert.ToBase64String(bytes) });

        ((int)image["width"]!).ShouldBe(700);

        image = await dlcs.Put(Image, new JsonObject { ["string1"] = "described later" }, HttpStatusCode.OK);
        ((int)image["width"]!, (string?)image["string1"]).ShouldBe((700, "described later"));
        var refused = await dlcs.Put($"{Image}-other", new JsonObject { ["string1"] = "x" }, HttpStatusCode.BadRequest);
        ((string?)refused["description"]).ShouldNotBeNull().ShouldContain("origin is missing");
    }

    [Theory]
    [InlineData("status/401", "credentials")]
    [InlineData("status/404", "404")]
    [InlineData("html", "HTML")]
    [InlineData("empty", "empty")]
    [InlineData("redirect", "169.254.169.254")]
    public async Task says_what_is_wrong_with_an_origin(string path, string reason)
    {
        var settings = dlcs.Settings;
        settings.AllowPrivateAddresses.ShouldBeTrue();

        var image = await dlcs.Put(Image, From(path));

        ((bool)image["ingesting"]!).ShouldBeFalse();
        ((string)image["error"]!).ShouldContain(reason, Case.Insensitive);
        image["imageService"].ShouldBeNull();
    }

    [Fact]
    public async Task shows_the_next_query_what_was_just_decided()
    {
        await dlcs.Put(Image, From("folio.jpg"));
        for (var n = 1; n <= 20; n++)
        {
            await dlcs.Send(HttpMethod.Patch, Image, new JsonObject { ["number1"] = n }, HttpStatusCode.OK);
            var found = await dlcs.Get($"/customers/1/spaces/{space}/images?number1={n}");
            ((int)found["totalItems"]!).ShouldBe(1);
        }
    }

    [Fact]
    public async Task closes_an_image_with_roles_and_opens_it_again_at_once()
    {
        await dlcs.Put(Image, From("folio.jpg"));
        var full = $"/iiif-img/1/{space}/folio/full/max/0/default.jpg";
        (await dlcs.Public.GetAsync(full, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await dlcs.Send(
            HttpMethod.Patch, Image, new JsonObject { ["roles"] = new JsonArray("clickthrough") }, HttpStatusCode.OK);
        (await dlcs.Public.GetAsync(full, Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        await dlcs.Send(HttpMethod.Patch, Image, new JsonObject { ["roles"] = null }, HttpStatusCode.OK);
        (await dlcs.Public.GetAsync(full, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task counts_what_a_space_keeps_in_storage()
    {
        var path = $"/customers/1/spaces/{space}/storage";
        ShouldHold(await dlcs.Get(path), 0, 0, 0);

        await dlcs.Put(Image, From("folio.jpg"));
        await dlcs.Put(Image, From("folio.jpg"), HttpStatusCode.OK);
        await dlcs.Put($"{Image}-failed", From("status/404"));
        var one = await dlcs.Get($"{Image}/storage");

        var all = await dlcs.Get((string)(await dlcs.Get($"/customers/1/spaces/{space}"))["storage"]!);
        ((string)all["@type"]!).ShouldBe("vocab:CustomerStorage");
        ((string)all["@id"]!).ShouldBe($"{dlcs.Api.BaseAddress}{path[1..]}");
        ((long)one["size"]!).ShouldBeGreaterThan(0);
        ShouldHold(all, 1, (long)one["size"]!, (long)one["thumbnailSize"]!);
        all["lastCalculated"].ShouldNotBeNull();

        await dlcs.Send(HttpMethod.Delete, Image, null, HttpStatusCode.NoContent);
        ShouldHold(await dlcs.Get(path), 0, 0, 0);
        await dlcs.Get("/customers/1/spaces/99/storage", HttpStatusCode.NotFound);

        static void ShouldHold(JsonNode storage, int images, long bytes, long thumbnails) => (
            (int)storage["numberOfStoredImages"]!, (long)storage["totalSizeOfStoredImages"]!,
            (long)storage["totalSizeOfThumbnails"]!).ShouldBe((images, bytes, thumbnails));
    }

    [Fact]
    public async Task has_no_transcoding_to_tell_of()
    {
        await dlcs.Put(Image, From("folio.jpg"));

        var refused = await dlcs.Get($"{Image}/metadata", HttpStatusCode.BadRequest);

        ((string)refused["detail"]!).ShouldContain("neither audio nor video");
        await dlcs.Get($"{Image}-other/metadata", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task forgets_a_deleted_image_but_not_its_history()
    {
        await dlcs.Put(Image, From("folio.jpg"));

        await dlcs.Send(HttpMethod.Delete, Image, null, HttpStatusCode.NoContent);

        await dlcs.Get(Image, HttpStatusCode.NotFound);
        (await dlcs.Public.GetAsync($"/iiif-img/1/{space}/folio/info.json", Ct))
            .StatusCode.ShouldBe(HttpStatusCode.NotFound);
        ((int)(await dlcs.Get($"{Image}/history"))["totalItems"]!).ShouldBe(3);
        ((int)(await dlcs.Get($"/customers/1/spaces/{space}"))["approximateNumberOfImages"]!).ShouldBe(0);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Dlcs.Read.Images;

namespace Dlcs.Integration.Presentation;

public sealed class ShowingImagesInAManifest : IAsyncLifetime
{
    private const string Host = "https://dlcs.example";
    private readonly PublicSite site = new();

    public ValueTask InitializeAsync() => site.InitializeAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task keeps_the_rules_of_presentation_3()
    {
        site.Shelf.Put(Pictures.Picture("2/5/folio 1r/ü", page: 1));
        site.Shelf.Put(Pictures.Picture("2/5/closed", page: 2, roles: ["staff"]));
        site.Shelf.Put(Pictures.Picture("2/5/pixels", page: 3).WithoutThumbnails());
        site.Shelf.Put(Pictures.Picture("2/5/thumbs", page: 4).WithoutPyramid());
        site.Shelf.Put(Pictures.Picture("2/5/nothing", page: 5).WithoutPyramid().WithoutThumbnails());
        site.Shelf.Put(Pictures.Picture("2/5/quoted", page: 6).Described(i => i with { String2 = "\"<é>\"\n😀" }));

        var manifest = await site.Json("/iiif-resource/2/book/book");

        Presentation3Rules.Broken(manifest).ShouldBeEmpty();
        manifest.GetProperty("items").GetArrayLength().ShouldBe(5);
    }

    [Theory]
    [InlineData("$", "@context", "\"http://iiif.io/api/presentation/2/context.json\"", "4.6")]
    [InlineData("$", "label", null, "must have the label")]
    [InlineData("$", "label", "\"a title\"", "4.4")]
    [InlineData("$", "id", "\"urn:x\"", "HTTP(S)")]
    [InlineData("$", "items", "[]", "at least one item")]
    [InlineData("items/0", "height", "0", "greater than 0")]
    [InlineData("items/0", "type", "\"sc:Canvas\"", "here Canvas")]
    [InlineData("items/0", "id", "\"https://dlcs.example/c#1\"", "fragment")]
    [InlineData("items/1", "id", "\"https://dlcs.example/iiif-img/2/5/a/canvas/c/1\"", "unique")]
    [InlineData("items/0", "thumbnail", "{}", "must be arrays")]
    [InlineData("items/0/items/0/items/0", "target", "\"https://dlcs.example/other\"", "the target")]
    [InlineData("items/0/items/0/items/0", "motivation", "\"commenting\"", "painting")]
    [InlineData("items/0/items/0/items/0/body", "format", null, "format")]
    [InlineData("items/0/items/0/items/0/body/service/0", "@id", null, "@id")]
    [InlineData("items/0/items/0/items/0/body/service/1", "type", null, "its type")]
    [InlineData("items/0/metadata/0", "value", null, "label and value")]
    public async Task would_be_found_out_if_it_broke_them(string place, string property, string? value, string rule)
    {
        site.Shelf.Put(Pictures.Picture("2/5/a"));
        site.Shelf.Put(Pictures.Picture("2/5/b"));
        var manifest = JsonNode.Parse((await site.Json("/iiif-resource/2/book/book")).GetRawText())!;

        var target = place is "$" ? manifest : place.Split('/').Aggregate(manifest, (node, step) =>
            node is JsonArray array ? array[int.Parse(step)]! : node[step]!);
        target.AsObject().Remove(property);
        if (value is not null) target[property] = JsonNode.Parse(value);

        Presentation3Rules.Broken(JsonElement.Parse(manifest.ToJsonString())).ShouldContain(f => f.Contains(rule));
    }

    [Fact]
    public async Task says_what_is_said_of_them()
    {
        var canvas = await Canvas(
            Pictures.Picture("2/5/a", page: 4, roles: ["reading room", "https://other.example/r"]));

        canvas.GetProperty("id").GetString().ShouldBe($"{Host}/iiif-img/2/5/a/canvas/c/1");
        canvas.GetProperty("label").GetRawText().ShouldBe("""{"en":["Canvas 1"]}""");
        canvas.GetProperty("metadata").EnumerateArray().Select(m =>
            $"{m.GetProperty("label").GetProperty("en")[0]}={m.GetProperty("value").GetProperty("none")[0]}")
            .ShouldBe(["String 1=book", "String 2=", "String 3=", "Number 1=4", "Number 2=0", "Number 3=0",
                "Tags=a tag,b",
                "Roles=https://api.dlcs.example/customers/2/roles/reading%20room,https://other.example/r"]);
    }

    [Fact]
    public async Task paints_the_biggest_thumbnail_that_is_open_and_offers_both_services()
    {
        var canvas = await Canvas(Pictures.Picture("2/5/folio 1r"));

        (canvas.GetProperty("width").GetInt32(), canvas.GetProperty("height").GetInt32()).ShouldBe((3000, 4000));
        var body = Body(canvas);
        body.GetProperty("id").GetString().ShouldBe($"{Host}/iiif-img/2/5/folio%201r/full/768,1024/0/default.jpg");
        body.GetProperty("service").EnumerateArray().Select(s => s.GetRawText()).ShouldBe([
            $$"""{"@id":"{{Host}}/iiif-img/v2/2/5/folio%201r","@type":"ImageService2","""
            + """
            "profile":"http://iiif.io/api/image/2/level2.json","height":4000,"width":3000}
            """,
            $$"""{"id":"{{Host}}/iiif-img/2/5/folio%201r","type":"ImageService3","""
            + """
            "profile":"level2","height":4000,"width":3000}
            """]);
    }

    [Fact]
    public async Task has_the_thumbnail_next_to_200_pixels_with_every_size()
    {
        var thumbnail = (await Canvas(Pictures.Picture("2/5/a"))).GetProperty("thumbnail")[0];

        thumbnail.GetProperty("id").GetString().ShouldBe($"{Host}/thumbs/2/5/a/full/150,200/0/default.jpg");
        thumbnail.GetProperty("service")[1].GetProperty("id").GetString().ShouldBe($"{Host}/thumbs/2/5/a");
        thumbnail.GetProperty("service")[1].GetProperty("sizes").EnumerateArray()
            .Select(s => s.GetProperty("width").GetInt32()).ShouldBe([75, 150, 300, 768]);
    }

    [Theory]
    [InlineData(0, 0, "full/max", 0)]
    [InlineData(0, 400, "full/300,400", 3)]
    [InlineData(1000, 400, "full/300,400", 3)]
    [InlineData(0, 50, "full/38,50", 0)]
    [InlineData(300, 400, "full/150,200", 2)]
    public async Task opens_no_more_of_a_closed_one_than_is_open(
        int maxWidth, int openFullMax, string size, int thumbnails)
    {
        var canvas = await Canvas(Pictures.Picture("2/5/a", roles: ["staff"]).Described(i =>
            i with { MaxWidth = maxWidth, OpenFullMax = openFullMax }));

        Body(canvas).GetProperty("id").GetString().ShouldBe($"{Host}/iiif-img/2/5/a/{size}/0/default.jpg");
        Body(canvas).GetProperty("service").GetArrayLength().ShouldBe(2);
        (canvas.TryGetProperty("thumbnail", out var shown)
            ? shown[0].GetProperty("service")[0].GetProperty("sizes").GetArrayLength() : 0).ShouldBe(thumbnails);
    }

    [Theory]
    [InlineData(-1, 0, "staff", "full/max")]
    [InlineData(0, 0, null, "full/max")]
    [InlineData(500, 0, null, "full/300,400")]
    [InlineData(500, 0, "staff", "full/300,400")]
    [InlineData(500, 200, "staff", "full/150,200")]
    public async Task heeds_the_older_word_for_what_is_open(
        int maxUnauthorised, int openFullMax, string? role, string size)
    {
        var canvas = await Canvas(Pictures.Picture("2/5/a", roles: role is null ? [] : [role]).Described(i =>
            i with { MaxUnauthorised = maxUnauthorised, OpenFullMax = openFullMax }));

        Body(canvas).GetProperty("id").GetString().ShouldBe($"{Host}/iiif-img/2/5/a/{size}/0/default.jpg");
        canvas.TryGetProperty("thumbnail", out _).ShouldBe(size is not "full/max");
    }

    [Theory]
    [InlineData(0, "full/max")]
    [InlineData(1000, "full/750,1000")]
    public async Task without_thumbnails_paints_what_is_served_in_one_piece(int maxWidth, string size) =>
        Body(await Canvas(Pictures.Picture("2/5/a").WithoutThumbnails().Described(i => i with { MaxWidth = maxWidth })))
            .GetProperty("id").GetString().ShouldBe($"{Host}/iiif-img/2/5/a/{size}/0/default.jpg");

    [Fact]
    public async Task without_an_image_service_paints_from_the_thumbnails()
    {
        var body = Body(await Canvas(Pictures.Picture("2/5/a").WithoutPyramid()));

        body.GetProperty("id").GetString().ShouldBe($"{Host}/thumbs/2/5/a/full/768,1024/0/default.jpg");
        body.TryGetProperty("service", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("iiif-img", "/iiif-img/2/5/a/full/max/0/default.jpg", false)]
    [InlineData("thumbs", "/thumbs/2/5/a/full/768,1024/0/default.jpg", true)]
    public async Task offers_no_channel_that_is_not_delivered_any_more(string channel, string body, bool thumbnail)
    {
        var canvas = await Canvas(Pictures.Picture("2/5/a").Described(i =>
            i with { DeliveryChannels = [new(channel, "default")] }));

        Body(canvas).GetProperty("id").GetString().ShouldBe(Host + body);
        canvas.TryGetProperty("thumbnail", out _).ShouldBe(thumbnail);
    }

    private async Task<JsonElement> Canvas(ImageView view)
    {
        site.Shelf.Put(view);
        var manifest = await site.Json($"/iiif-manifest/{view.Id.Path}");
        manifest.GetProperty("label").GetRawText().ShouldBe("""{"en":["Generated by DLCS"]}""");
        return manifest.GetProperty("items")[0];
    }

    private static JsonElement Body(JsonElement canvas) =>
        canvas.GetProperty("items")[0].GetProperty("items")[0].GetProperty("body");
}

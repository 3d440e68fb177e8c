using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Journeys;

/// <summary>Collections of images as they were, by a time and by a position in the log.</summary>
public sealed class AskingTheApiForAPast(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private const string Images = "/customers/1/spaces/1/images";
    private const string All = "/customers/1/allImages";
    private Installation dlcs = null!;
    private string batch = "";
    private string time = "";
    private string position = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        dlcs = await Installation.Start(stores);
        await dlcs.NewSpace("a");
        (batch, time) = await Submit("a", "b");
        using var renamed = await dlcs.Api.PatchAsJsonAsync("/customers/1/spaces/1", new { name = "then" }, Ct);
        position = renamed.EnsureSuccessStatusCode().Headers.GetValues("Dlcs-Position").Single();

        var changed = new JsonObject { ["string1"] = "after" };
        await dlcs.Send(HttpMethod.Patch, $"{Images}/a", changed, HttpStatusCode.OK);
        await Submit("b", "c");
        await dlcs.Until($"{All}?string1=before", all => Ids(all) is ["b", "c"]);
    }

    public ValueTask DisposeAsync() => dlcs.DisposeAsync();

    [Fact]
    public async Task finds_what_was_there_then_and_as_it_was()
    {
        long.Parse(position, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        foreach (var then in (string[])[Uri.EscapeDataString(time), position])
        {
            Ids(await dlcs.Get($"{All}?asOf={then}")).ShouldBe(["a", "b"], then);
            Ids(await dlcs.Get($"{All}?asOf={then}&string1=before")).ShouldBe(["a", "b"], then);
            Ids(await dlcs.Get($"{All}?asOf={then}&string1=after")).ShouldBeEmpty(then);
            Ids(await dlcs.Get($"{Images}?asOf={then}")).ShouldBe(["a", "b"], then);
            Ids(await dlcs.Get($"{batch}/images?asOf={then}")).ShouldBe(["a", "b"], then);
            ((string)(await dlcs.Get($"{Images}/a?asOf={then}"))["string1"]!).ShouldBe("before", then);
            await dlcs.Get($"{Images}/c?asOf={then}", HttpStatusCode.NotFound);

            var page = await dlcs.Get($"{All}?asOf={then}&pageSize=1&orderByDescending=id");
            Ids(page).ShouldBe(["b"], then);
            Ids(await dlcs.Get((string)page["view"]!["next"]!)).ShouldBe(["a"], then);
        }

        Ids(await dlcs.Get(All)).ShouldBe(["a", "b", "c"]);
        Ids(await dlcs.Get($"{batch}/images")).ShouldBe(["a"]);
        Ids(await dlcs.Get($"{All}?asOf=2020-01-01")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("")]
    public async Task knows_no_other_past(string then)
    {
        foreach (var path in (string[])[All, Images, $"{Images}/a", $"{batch}/images"])
        {
            var refused = await dlcs.Get($"{path}?asOf={then}", HttpStatusCode.BadRequest);
            ((string)refused["detail"]!).ShouldStartWith($"'asOf={then}' is neither a time, ");
        }
    }

    /// <returns>Where the batch is, and when it was finished.</returns>
    private async Task<(string Path, string Finished)> Submit(params string[] images)
    {
        using var picture = ImageApi.Picture.Make(64, 48);
        var file = Convert.ToBase64String(picture.JpegsaveBuffer(q: 80));
        var members = images.Select(id => (JsonNode)new JsonObject
        { ["id"] = id, ["space"] = 1, ["string1"] = "before", ["file"] = file });
        var sent = await dlcs.Post("/customers/1/queue", new JsonObject { ["member"] = new JsonArray([.. members]) });
        var path = new Uri((string)sent["@id"]!).AbsolutePath;
        return (path, (string)(await dlcs.Until(path, b => b["finished"] is not null))["finished"]!);
    }

    private static string[] Ids(JsonNode images) =>
        [.. images["member"]!.AsArray().Select(image => (string)image!["id"]!).Order(StringComparer.Ordinal)];
}

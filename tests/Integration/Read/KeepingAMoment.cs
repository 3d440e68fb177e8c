using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dlcs.Integration.Servers;
using Dlcs.Read.Images;
using Dlcs.Read.Images.Elastic;

namespace Dlcs.Integration.Read;

/// <summary>A query of several searches sees one moment of one generation, which may be replaced meanwhile.</summary>
[Trait("profile", "cluster")]
public sealed class KeepingAMoment(Postgres postgres, Elasticsearch elasticsearch, OpenSearch openSearch)
{
    private const int Images = 3;
    private Task rebuilding = Task.CompletedTask;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("elasticsearch")]
    [InlineData("opensearch")]
    public Task asks_the_new_generation_when_the_old_one_is_dropped_in_between(string name) => Asks(
        name, async (library, _) => (await library.Projected.Rebuild(views: "images"))
            .ShouldHaveSingleItem().Swapped.ShouldBeTrue());

    /// <summary>The engine drops what it holds for searches before it has forgotten the index.</summary>
    [Theory]
    [InlineData("elasticsearch")]
    [InlineData("opensearch")]
    public Task asks_the_new_generation_when_the_moment_of_the_old_one_is_gone(string name) => Asks(
        name, async (library, search) =>
        {
            rebuilding = library.Projected.Rebuild(views: "images");
            while ((await library.Images()).Number is 1 && !rebuilding.IsFaulted) await Task.Delay(5, Ct);
            await Close(library.Settings, (string)JsonNode.Parse(search)!["pit"]!["id"]!, name is "opensearch");
        });

    /// <summary>For what was, in two searches at least.</summary>
    /// <param name="between">What happens before the second; it is told what is asked.</param>
    private async Task Asks(string name, Func<SearchLibrary, string, Task> between)
    {
        SearchEngine engine = name is "opensearch" ? openSearch : elasticsearch;
        var settings = await engine.Settings();
        await using var library = await SearchLibrary.Open(
            postgres, settings, s => s with { QueryTime = TimeSpan.FromMinutes(2) }); // one lasts a whole rebuild
        var then = await library.Fill(Images);
        await library.Shown(then);
        var searches = 0;
        library.Man.Meddle = async (http, body, ask) =>
        {
            if (http.Request.Path == "/_search" && Interlocked.Increment(ref searches) is 2)
                await between(library, body);
            await Middleman.Pass(http, body, ask);
        };

        var page = await library.Projected.Images.Query(
            new ImageQuery(2, [], [new(ImageField.Number1)]) { AsOf = then }, Ct);

        await rebuilding;
        page.Total.ShouldBe(Images);
        page.Images.Select(i => i.Image.Number1).ShouldBe([0, 1, 2]);
        searches.ShouldBeGreaterThan(2);
        (await library.Images()).Number.ShouldBe(2);
        await engine.Forget(settings);
    }

    private static async Task Close(ElasticSettings settings, string moment, bool isOpenSearch)
    {
        using var http = new HttpClient();
        using var close = new HttpRequestMessage(
            HttpMethod.Delete, new Uri(settings.Url, isOpenSearch ? "/_search/point_in_time" : "/_pit"));
        close.Content = JsonContent.Create(isOpenSearch
            ? new JsonObject { ["pit_id"] = new JsonArray(moment) } : new JsonObject { ["id"] = moment });
        (await http.SendAsync(close, Ct)).EnsureSuccessStatusCode();
    }
}

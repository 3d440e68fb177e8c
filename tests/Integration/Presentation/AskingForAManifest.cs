using System.Net;

namespace Dlcs.Integration.Presentation;

public sealed class AskingForAManifest : IAsyncLifetime
{
    private readonly PublicSite site = new();

    public ValueTask InitializeAsync()
    {
        site.Shelf.Put(Pictures.Picture("2/5/b", page: 2));
        site.Shelf.Put(Pictures.Picture("2/5/a", page: 2));
        site.Shelf.Put(Pictures.Picture("2/6/first", page: 1));
        site.Shelf.Put(Pictures.Picture("2/5/later", page: 3) with { Ready = null });
        site.Shelf.Put(Pictures.Picture("2/5/slashed", "a/b c"));
        site.Shelf.Put(Pictures.Picture("2/5/escaped", "a%2Fb"));
        site.Shelf.Put(Pictures.Picture("3/5/foreign"));
        return site.InitializeAsync();
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Theory]
    [InlineData("/iiif-resource/2/book/book")]
    [InlineData("/iiif-resource/v3/2/book/book")]
    [InlineData("/iiif-resource/library/book/book/more")]
    [InlineData("/resource/library/book/book")]
    public async Task has_the_requests_own_url_for_an_id(string path) =>
        (await site.Json(path + "?cache=no")).GetProperty("id").GetString().ShouldBe("https://dlcs.example" + path);

    [Fact]
    public async Task shows_what_is_ready_in_the_querys_order_and_ties_by_id() =>
        (await Images("/iiif-resource/2/book/book")).ShouldBe(["2/6/first", "2/5/a", "2/5/b"]);

    [Theory]
    [InlineData("/iiif-resource/2/book/a%2Fb%20c", "2/5/slashed")]
    [InlineData("/iiif-resource/2/book/a%252Fb", "2/5/escaped")]
    [InlineData("/iiif-resource/2/numbered//1", "2/5/escaped,2/5/slashed,2/6/first")]
    [InlineData("/iiif-resource/2/whole%20space/maps", "2/5/a,2/5/b,2/5/escaped,2/5/slashed")]
    [InlineData("/iiif-manifest/library/5/a", "2/5/a")]
    public async Task decodes_arguments_once(string path, string images) =>
        (await Images(path)).ShouldBe(images.Split(','));

    [Theory]
    [InlineData("/iiif-resource/99/book/book", "There is no customer '99'.")]
    [InlineData("/iiif-resource/2/unknown/book", "There is no named query 'unknown'.")]
    [InlineData("/iiif-resource/2/book/nothing", "The query selects no image.")]
    [InlineData("/iiif-resource/2/whole%20space/cellar", "There is no space 'cellar'.")]
    [InlineData("/iiif-manifest/2/5/later", "There is no image 'later' that can be shown.")]
    [InlineData("/iiif-manifest/2/x/a", "A manifest of one image is found at {customer}/{space}/{image}.")]
    [InlineData("/iiif-manifest/99/5/a", "There is no customer '99'.")]
    [InlineData("/raw-resource/2/book/nothing", "The query selects no image.")]
    public Task is_not_found(string path, string sentence) => Refuses(path, HttpStatusCode.NotFound, sentence);

    [Theory]
    [InlineData("/iiif-resource/2/book", "This query needs arguments: 's1' is argument 1, none was given.")]
    [InlineData("/iiif-resource/2/numbered/one", "'n1' takes a whole number, and got 'one'.")]
    [InlineData("/iiif-resource/2/broken/1", "The template of this query is faulty: 'n1=px' names no argument.")]
    [InlineData("/iiif-resource/2/book/book?asOf=yesterday",
        "'asOf=yesterday' is neither a time, as 2026-03-01T12:00:00Z, nor a position in the log.")]
    [InlineData("/raw-resource/2/numbered/one", "'n1' takes a whole number, and got 'one'.")]
    public Task is_refused_with_a_sentence(string path, string sentence) =>
        Refuses(path, HttpStatusCode.BadRequest, sentence);

    [Fact]
    public async Task of_more_than_a_viewer_could_open_is_refused_with_the_number()
    {
        for (var page = 1; page <= 50_001; page++) site.Shelf.Put(Pictures.Picture($"2/7/{page}", "everything", page));

        await Refuses("/iiif-resource/2/book/everything", HttpStatusCode.BadRequest,
            "The query selects 50001 images; at most 50000 can be answered.");
    }

    [Fact]
    public async Task by_raw_resource_is_a_list_of_all_ids_in_the_querys_order()
    {
        using var response = await site.Get("/raw-resource/2/book/book");

        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ShouldBe("""["2/6/first","2/5/a","2/5/b","2/5/later"]"""); // the last is not ready
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task by_raw_resource_says_its_length(string method)
    {
        using var request = new HttpRequestMessage(new(method), "/raw-resource/2/book/book");
        using var response = await site.Client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        response.Content.Headers.NonValidated["Content-Length"].ToString().ShouldBe("41");
    }

    private async Task<IEnumerable<string>> Images(string path) =>
        (await site.Json(path)).GetProperty("items").EnumerateArray().Select(canvas =>
            canvas.GetProperty("id").GetString()!.Split("/iiif-img/")[1].Split("/canvas/")[0]);

    private async Task Refuses(string path, HttpStatusCode status, string sentence)
    {
        using var response = await site.Get(path);

        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(sentence + "\n");
    }
}

using Dlcs.Host.Commands.Adding;
using Dlcs.Integration.Fetching;
using Dlcs.Integration.Servers;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.Journeys;

/// <summary>What <c>dlcs add</c> does over HTTP.</summary>
public sealed class AddingPictures(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlcs-add-").FullName;
    private Installation dlcs = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => dlcs = await Installation.Start(stores);

    public async ValueTask DisposeAsync()
    {
        await dlcs.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task does_not_replace_the_image_of_another_book()
    {
        (await Add("1", "10.jpg")).Failures.ShouldBeEmpty();

        var refused = await Should.ThrowAsync<ApiException>(() => Add("10", "09.jpg", "10.jpg"));

        refused.Message.ShouldContain("10.jpg");
        refused.Message.ShouldContain("string1 '1'");
        refused.Message.ShouldContain("'10'");
        var images = (await dlcs.Get("/customers/1/spaces/1/images"))["member"]!.AsArray();
        ((string?)images.ShouldHaveSingleItem()!["string1"]).ShouldBe("1");
    }

    [Fact]
    public async Task replaces_the_image_of_the_same_book()
    {
        await Add("a", "1.png");
        File.Copy(Sample("06-moons.png"), Path.Combine(folder, "a", "1.png"), overwrite: true);

        (await Add("a")).Progress.Sent.ShouldBe(1);
    }

    [Fact]
    public async Task asks_for_more_names_than_go_into_one_url()
    {
        var names = Enumerable.Range(1, 120).Select(n => $"ÄÖÜ {new string('ü', 60)} {n}.txt.jpg").ToArray();
        foreach (var name in names) await File.WriteAllTextAsync(Book("b", name), "no picture", Ct);

        (await Add("b")).Failures.Count.ShouldBe(120);
    }

    [Fact]
    public async Task tells_the_outcome_when_the_images_show_what_the_batches_counted()
    {
        string[] shown =
        [
            """{"member":[],"totalItems":0}""",
            """{"member":[{"id":"d-1.jpg","ingesting":true,"error":""}],"totalItems":1}""",
            """{"member":[{"id":"d-1.jpg","ingesting":false,"error":"no picture"}],"totalItems":1}""",
        ];
        var asked = 0;
        await using var other = await Origin.Answering(http =>
        {
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync(shown[Math.Min(asked++, shown.Length - 1)]);
        });
        using var api = new ApiClient(other.Url("/"), 1, "key:secret");
        var addition = Addition("d");
        await File.WriteAllTextAsync(Book("d", "1.jpg"), "no picture", Ct);

        var outcome = await new AddedImages(api, 1, addition).Outcome(
            Picture.In(addition.Folder, "d"), "/manifest", new AddingProgress(1, 0, 1, 1, 1), Ct);

        outcome.Failures.ShouldHaveSingleItem().Reason.ShouldBe("no picture");
    }

    [Fact]
    public async Task tells_the_outcome_of_what_was_sent_again_not_of_what_was_there()
    {
        string[] shown = [Shown("old", batch: 1), Shown("new", batch: 2)];
        var asked = 0;
        await using var other = await Origin.Answering(http =>
        {
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync(HttpMethods.IsPost(http.Request.Method)
                ? """{"@id":"http://api/customers/1/queue/batches/2"}""" : shown[Math.Min(asked++, 1)]);
        });
        using var api = new ApiClient(other.Url("/"), 1, "key:secret");
        var addition = Addition("d");
        await File.WriteAllTextAsync(Book("d", "1.jpg"), "no picture", Ct);
        var pictures = Picture.In(addition.Folder, "d");
        var images = new AddedImages(api, 1, addition);

        await images.Register(pictures, _ => { }, Ct);
        var outcome = await images.Outcome(pictures, "/manifest", new AddingProgress(1, 0, 1, 1, 1), Ct);

        outcome.Failures.ShouldHaveSingleItem().Reason.ShouldBe("new");

        static string Shown(string error, int batch) => $$"""
            {"totalItems":1,"member":[{"id":"d-1.jpg","ingesting":false,"error":"{{error}}",
            "batch":"http://api/customers/1/queue/batches/{{batch}}"}]}
            """;
    }

    [Theory]
    [InlineData("<html></html>", "text/html")]
    [InlineData("[]", "application/json")]
    [InlineData("", "application/json")]
    public async Task fails_with_a_sentence_where_no_api_answers(string body, string type)
    {
        await using var other = await Origin.Answering(http =>
        {
            http.Response.ContentType = type;
            return http.Response.WriteAsync(body);
        });
        using var api = new ApiClient(other.Url("/"), 1, "key:secret");

        (await Should.ThrowAsync<ApiException>(() => api.Get("spaces", Ct)))
            .Message.ShouldContain("does not answer as the API does");
    }

    [Fact]
    public async Task fails_with_the_name_of_a_picture_that_vanishes_while_it_is_sent()
    {
        var picture = Book("c", "1.jpg");
        File.Copy(Sample("01-cover.jpg"), picture);
        var addition = Addition("c");
        var pictures = Picture.In(addition.Folder, "c");
        File.Delete(picture);
        using var api = Api();

        (await Should.ThrowAsync<ApiException>(
            () => new AddedImages(api, 1, addition).Register(pictures, _ => { }, Ct)))
            .Message.ShouldStartWith($"{picture} cannot be read: ");
    }

    private async Task<Added> Add(string book, params string[] names)
    {
        foreach (var name in names) File.Copy(Sample("01-cover.jpg"), Book(book, name));
        using var api = Api();
        return await AddFolder.Run(api, Addition(book), _ => { }, Ct);
    }

    private ApiClient Api() =>
        new(new Uri($"http://127.0.0.1:{dlcs.Settings.ApiPort}"), 1, dlcs.Settings.AdminKey!.Credentials);

    private Addition Addition(string book) => new(Path.Combine(folder, book), "shelf", "book", book, "", "");

    private string Book(string book, string name) =>
        Path.Combine(Directory.CreateDirectory(Path.Combine(folder, book)).FullName, name);

    private static string Sample(string name) => Path.Combine(Ops.RunningOps.Root, "ops", "samples", name);
}

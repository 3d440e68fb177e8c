using Dlcs.Host.Commands.Adding;
using Dlcs.Integration.Servers;

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

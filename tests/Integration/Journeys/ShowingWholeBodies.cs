using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Journeys;

/// <summary>Each kind of resource as a client reads it, to the last comma.</summary>
public sealed partial class ShowingWholeBodies(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private const string Queue = "/customers/1/queue";
    private Installation dlcs = null!;
    private Library library = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => (dlcs, library) = (
        await Installation.Start(stores, s => s with
        { ApiUrl = new("https://api.dlcs.example"), PublicUrl = new("https://dlcs.example") }),
        await Library.Open());

    public async ValueTask DisposeAsync()
    {
        await dlcs.DisposeAsync();
        await library.DisposeAsync();
    }

    [Fact]
    public async Task as_they_are()
    {
        await dlcs.Put("/customers/1/spaces/5", new JsonObject
        { ["name"] = "maps", ["defaultTags"] = new JsonArray("old"), ["defaultRoles"] = new JsonArray("staff") });
        library.Page("folio.jpg", 300, 200);
        var member = new JsonObject
        {
            ["id"] = "ark:/1/folio 1",
            ["space"] = 5,
            ["origin"] = library.Url("folio.jpg"),
            ["mediaType"] = "image/jpeg",
            ["string1"] = "ms-1",
            ["number1"] = 7,
            ["tags"] = new JsonArray("map"),
            ["manifests"] = new JsonArray("m1"),
            ["roles"] = new JsonArray("staff", "https://example.org/roles/all"),
            ["maxUnauthorised"] = 400,
        };
        await dlcs.Post(Queue, new JsonObject { ["member"] = new JsonArray(member) });
        await dlcs.Until($"{Queue}/batches/1", batch => batch["finished"] is not null);
        var query = await dlcs.Post("/customers/1/namedQueries", new JsonObject
        { ["name"] = "book", ["template"] = "canvas=n1&space=p1&s1=p2" });

        var key = await dlcs.Post("/customers/1/keys", null, HttpStatusCode.OK);

        (string Golden, string Path)[] bodies =
        [
            ("Customer", "/customers/1"), ("Space", "/customers/1/spaces/5"), ("Batch", $"{Queue}/batches/1"),
            ("Image", $"/customers/1/spaces/5/images/{Uri.EscapeDataString("ark:/1/folio 1")}"),
            ("NamedQuery", new Uri((string)query["@id"]!).AbsolutePath), ("Keys", "/customers/1/keys"),
        ];
        foreach (var (golden, path) in bodies)
            Replaced(await dlcs.Api.GetStringAsync(path, Ct)).ShouldBe(await Golden(golden), golden);
        (await dlcs.Api.GetStringAsync("/customers/1/keys", Ct)).ShouldNotContain((string)key["secret"]!);
    }

    [Fact]
    public async Task and_tells_strangers_no_name()
    {
        await dlcs.Post("/customers", new JsonObject { ["name"] = "library", ["displayName"] = "The Library" });
        using var stranger = new HttpClient { BaseAddress = dlcs.Api.BaseAddress };

        (await stranger.GetStringAsync("/customers", Ct)).ShouldBe(await Golden("Customers"));
    }

    private string Replaced(string body)
    {
        var told = body.Replace(new Uri(library.Url("")).GetLeftPart(UriPartial.Authority), "ORIGIN");
        return Digests().Replace(Ids().Replace(Times().Replace(told, "TIME"), "ID"), "DIGEST");
    }

    /// <summary>What is approved: a file for each kind, with ids, times and digests replaced.</summary>
    private static async Task<string> Golden(string name, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, "Golden", $"{name}.json");
        return (await File.ReadAllTextAsync(file, Ct)).TrimEnd();
    }

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z\b")]
    private static partial Regex Times();

    [GeneratedRegex(@"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")]
    private static partial Regex Ids();

    [GeneratedRegex(@"\b[0-9a-f]{64}\b")]
    private static partial Regex Digests();
}

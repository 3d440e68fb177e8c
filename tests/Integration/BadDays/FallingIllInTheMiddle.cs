using System.Net;
using Dlcs.Integration.Journeys;

namespace Dlcs.Integration.BadDays;

/// <summary>
/// While 1,000 images are processed every engine suffers every evil. Each is told in a clear line; what can be answered
/// is, and what cannot is answered with when to come again; at the end nothing is lost, nothing twice.
/// </summary>
[Trait("profile", "cluster")]
public sealed class FallingIllInTheMiddle(Ward ward) : IClassFixture<Ward>, IAsyncLifetime
{
    private const int Batches = 4;
    private const int Members = 250;
    private const HttpStatusCode Ok = HttpStatusCode.OK;

    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1.5);
    private static readonly Evil[] All = Enum.GetValues<Evil>();

    private Library library = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        library = await Library.Open();
        for (var n = 0; n < 10; n++) library.Page($"{n}.jpg", 64 + n, 48);
        library.Page("plate.jpg", 1500, 1200);
        await ward.Open();
        await ward.Start();
        await ward.Dlcs.KnowAdmin();
        await ward.Dlcs.NewSpace("manuscripts");
        await ward.Dlcs.Put("/customers/1/spaces/1/images/plate", new System.Text.Json.Nodes.JsonObject
        { ["origin"] = library.Url("plate.jpg"), ["mediaType"] = "image/jpeg" });
    }

    public async ValueTask DisposeAsync()
    {
        await ward.Stop();
        await library.DisposeAsync();
    }

    [Fact]
    public async Task of_a_thousand_images_loses_none_and_does_none_twice()
    {
        await Ward.Answers(Post("0"), HttpStatusCode.Created);
        await Ward.Answers(Post("1"), HttpStatusCode.Created);
        foreach (var evil in All)
        {
            await Suffer(evil, [ward.Index, ward.Storage], () => Task.WhenAll(
                Ward.Answers(ward.Patch("0-0", $"{evil}")), Query(evil), Tile(evil), Upload(evil)));
        }

        foreach (var evil in All) await Suffer(evil, [ward.Log], () => Command(evil));
        await Insist(() => Post("2"));
        foreach (var evil in All) await Suffer(evil, [ward.Database], () => Task.WhenAll(Query(evil), Describe(evil)));
        await Insist(() => Post("3"));

        await Finished();
        await Settled.SameViews(ward.Dlcs.Settings);
        await Settled.OnceEach(ward.Dlcs.Settings, (Batches * Members) + 1);
        ward.Dlcs.Heard.Lines.ShouldNotContain(l => l.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    private async Task Suffer(Evil evil, SickEngine[] those, Func<Task> meanwhile)
    {
        ward.Watch.Begin();
        var began = TimeProvider.System.GetTimestamp();
        foreach (var engine in those) await engine.Begin(evil);
        var asking = meanwhile();
        if (evil is not Evil.Restarted)
            foreach (var engine in those) await ward.Watch.Hears(engine.Name, engine.Sentence(evil));
        if (evil is not Evil.Slow) await Task.WhenAll(asking, Task.Delay(Least, Ct)); // workers are to meet it too
        foreach (var engine in those) await engine.End();
        await asking;
        ward.Watch.MustBeCalm();
        TestContext.Current.SendDiagnosticMessage(
            $"{evil}: {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s\n{ward.Watch.All()}");
    }

    private Task Query(Evil evil) => evil switch
    {
        Evil.Full => Ward.Answers(ward.Get("/customers/1/allImages?pageSize=1")),
        Evil.Slow or Evil.Restarted => Ward.Refuses(ward.Get("/customers/1/allImages?pageSize=1"), or: Ok),
        _ => Ward.Refuses(ward.Get("/customers/1/allImages?pageSize=1")),
    };

    /// <summary>Each another one, so that none is remembered.</summary>
    private Task Tile(Evil evil)
    {
        var tile = ward.Dlcs.Public.GetAsync(
            new Uri($"/iiif-img/1/1/plate/{(int)evil},0,512,512/512,512/0/default.jpg", UriKind.Relative), Ct);
        return evil is Evil.Full ? Ward.Answers(tile)
            : Ward.Refuses(tile, or: evil is Evil.Slow or Evil.Restarted ? Ok : null);
    }

    private async Task Upload(Evil evil)
    {
        if (evil is Evil.Slow or Evil.Restarted) return; // it may well get there
        await Ward.Refuses(ward.Upload("upload"));
    }

    /// <summary>What is to be written into views: who only reads from a full database does not meet it.</summary>
    private async Task Describe(Evil evil)
    {
        if (evil is Evil.Full) await Ward.Answers(ward.Patch("0-0", "full database"));
    }

    private async Task Command(Evil evil)
    {
        await Ward.Refuses(ward.Patch("0-0", $"{evil} log"), or: evil is Evil.Slow or Evil.Restarted ? Ok : null);
        if (evil is Evil.Stopped) await Ward.Refuses(Post("2"));
    }

    /// <summary>As a client does that was asked to come again: with the same key.</summary>
    private static async Task Insist(Func<Task<HttpResponseMessage>> post)
    {
        for (var tries = 0; ; tries++)
        {
            using var answer = await post();
            if (answer.StatusCode is HttpStatusCode.Created) return;
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, await answer.Content.ReadAsStringAsync(Ct));
            tries.ShouldBeLessThan(30);
            await Task.Delay(500, Ct);
        }
    }

    private Task<HttpResponseMessage> Post(string book) =>
        ward.Send(HttpMethod.Post, "/customers/1/queue", library.Batch(book, Members), key: $"book {book}");

    private async Task Finished()
    {
        var all = await ward.Dlcs.Until(
            "/customers/1/queue/batches",
            b => b["member"]!.AsArray() is { Count: Batches } found && found.All(m => m!["finished"] is not null),
            seconds: 240);
        all["member"]!.AsArray().ShouldAllBe(b => (int)b!["completed"]! == Members && (int)b["errors"]! == 0);
        await ward.Dlcs.Until(
            "/customers/1/spaces/1/images?pageSize=1", i => (int)i["totalItems"]! == (Batches * Members) + 1);
    }
}

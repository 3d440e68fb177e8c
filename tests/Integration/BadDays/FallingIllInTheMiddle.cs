using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Integration.Journeys;

namespace Dlcs.Integration.BadDays;

/// <summary>
/// While 1,000 images or more are processed, some of which always wait, every engine suffers every evil. Each is told
/// in a clear line; what can be answered is, and what cannot is answered with when to come again; at the end nothing
/// is lost, nothing twice.
/// </summary>
[Trait("profile", "cluster")]
public sealed class FallingIllInTheMiddle(Ward ward) : IClassFixture<Ward>, IAsyncLifetime
{
    private const int Members = 250;
    private const HttpStatusCode Ok = HttpStatusCode.OK;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1.5);
    private static readonly Evil[] All = Enum.GetValues<Evil>();

    private Library library = null!;
    private int batches;

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
        await ward.Dlcs.Put("/customers/1/spaces/1/images/plate", new JsonObject
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
        for (var n = 0; n < 3; n++) await NextBatch();
        foreach (var evil in All)
        {
            await Suffer(evil, [ward.Index, ward.Storage], () => Task.WhenAll(
                Ward.Answers(ward.Patch("0-0", $"{evil}")), Query(evil), Tile(evil), Upload(evil)));
        }

        foreach (var evil in All) await Suffer(evil, [ward.Log], () => Task.WhenAll(Command(evil), History(evil)));
        await NextBatch(); // which was refused
        foreach (var evil in All) await Suffer(evil, [ward.Database], () => Task.WhenAll(Query(evil), Describe(evil)));

        await Finished();
        await Settled.SameViews(ward.Dlcs.Settings);
        await Settled.OnceEach(ward.Dlcs.Settings, (batches * Members) + 1);
        ward.Dlcs.Heard.Lines.ShouldNotContain(l => l.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    private async Task Suffer(Evil evil, SickEngine[] those, Func<Task> meanwhile)
    {
        while (await Waiting() < Members / 2) await NextBatch();
        ward.Watch.Begin();
        var began = TimeProvider.System.GetTimestamp();
        foreach (var engine in those) await engine.Begin(evil);
        var asking = meanwhile();
        if (evil is not Evil.Restarted)
            foreach (var engine in those) await ward.Watch.Hears(engine.Name, engine.Sentence(evil));
        if (evil is not Evil.Slow) await Task.WhenAll(asking, Task.Delay(Shortest, Ct)); // workers are to meet it too
        foreach (var engine in those) await engine.End();
        await asking;
        ward.Watch.MustBeCalm();
        TestContext.Current.SendDiagnosticMessage(
            $"{evil}, {batches} batches: {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s\n"
            + ward.Watch.All());
    }

    private Task Query(Evil evil) => Read(evil, "/customers/1/allImages?pageSize=1");

    /// <summary>Which is read from the log.</summary>
    private Task History(Evil evil) => Read(evil, "/customers/1/spaces/1/images/plate/history");

    private Task Read(Evil evil, string path) => evil switch
    {
        Evil.Full => Ward.Answers(ward.Get(path)),
        Evil.Slow or Evil.Restarted => Ward.Refuses(ward.Get(path), or: Ok),
        _ => Ward.Refuses(ward.Get(path)),
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
        if (evil is Evil.Stopped) await Ward.Refuses(Post(batches));
    }

    /// <summary>How many images wait to be processed, as the views show it now that all is well.</summary>
    private async Task<int> Waiting()
    {
        using var answer = await Insist(() => ward.Get("/customers/1/queue"), Ok);
        return (int)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!["size"]!;
    }

    /// <summary>Posts it, and waits until it is shown.</summary>
    private async Task NextBatch()
    {
        using var posted = await Insist(() => Post(batches), HttpStatusCode.Created);
        batches++;
        for (var tries = 0; await Waiting() is 0; tries++)
        {
            tries.ShouldBeLessThan(600);
            await Task.Delay(50, Ct);
        }
    }

    /// <summary>As a client does that was asked to come again: with the same key.</summary>
    private static async Task<HttpResponseMessage> Insist(Func<Task<HttpResponseMessage>> send, HttpStatusCode wanted)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await send();
            if (answer.StatusCode == wanted) return answer;
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, await answer.Content.ReadAsStringAsync(Ct));
            tries.ShouldBeLessThan(30);
            await Task.Delay(500, Ct);
        }
    }

    private Task<HttpResponseMessage> Post(int book) =>
        ward.Send(HttpMethod.Post, "/customers/1/queue", library.Batch($"{book}", Members), key: $"book {book}");

    private async Task Finished()
    {
        var all = await ward.Dlcs.Until(
            "/customers/1/queue/batches",
            b => b["member"]!.AsArray() is var found && found.Count == batches
                && found.All(m => m!["finished"] is not null),
            seconds: 240);
        all["member"]!.AsArray().ShouldAllBe(b => (int)b!["completed"]! == Members && (int)b["errors"]! == 0);
        await ward.Dlcs.Until(
            "/customers/1/spaces/1/images?pageSize=1", i => (int)i["totalItems"]! == (batches * Members) + 1);
    }
}

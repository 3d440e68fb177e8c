using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Integration.Journeys;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Apart;

/// <summary>A process per role: each is killed once while all work, and nothing of it shows afterwards.</summary>
public sealed class RunningApart(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private const int Size = 40;
    private const string Folio = "/customers/1/spaces/1/images/folio";
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TakenOver = TimeSpan.FromSeconds(10);
    private Processes dlcs = null!;
    private Library library = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        library = await Library.Open();
        for (var n = 0; n < 10; n++) library.Page($"{n}.jpg", 600 + n, 400);
        dlcs = await Processes.Start(stores);
        await Insist(
            HttpStatusCode.Created, HttpMethod.Post, "/customers/1/spaces", new() { ["name"] = "manuscripts" });
    }

    public async ValueTask DisposeAsync()
    {
        await dlcs.DisposeAsync();
        await library.DisposeAsync();
    }

    [Fact]
    public async Task whoever_is_killed_nothing_is_lost_and_nothing_done_twice()
    {
        await PutFolio();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        const string tile = "/iiif-img/1/1/folio/0,0,512,400/512,/0/default.jpg";
        var visits = dlcs.Iiif.Select(p => Visit(p.Public, tile, over.Token))
            .Concat(dlcs.Read.Select(p => Visit(p.Api, "/customers/1/queue", over.Token))).ToList();
        var batches = 0;
        foreach (var victim in dlcs.All)
        {
            do await Insist(
                HttpStatusCode.Created, HttpMethod.Post, "/customers/1/queue", library.Batch($"{batches++}", Size));
            while (!await AreAtWork());
            await victim.Kill();
            await Task.Delay(400, Ct);
            await victim.Start();
        }

        await Finished(batches);
        await over.CancelAsync();
        foreach (var served in await Task.WhenAll(visits)) served.ShouldBeGreaterThan(50);
        await Settled.SameViews(dlcs.Settings);
        await Settled.OnceEach(dlcs.Settings, (batches * Size) + 1);
    }

    /// <summary>One of the two keeps the views; whichever it is, the other does it from then on.</summary>
    [Fact]
    public async Task whoever_of_those_that_keep_the_views_stays_dead_the_other_keeps_them()
    {
        await PutFolio();

        foreach (var (victim, other) in new[] { (dlcs.Read[0], dlcs.Read[1]), (dlcs.Read[1], dlcs.Read[0]) })
        {
            await victim.Kill();
            await Change(new() { ["string1"] = $"without {victim.Data}" });

            var since = Stopwatch.GetTimestamp();
            while ((string)(await other.Get(Folio))["string1"]! != $"without {victim.Data}")
            {
                Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TakenOver, "nobody took over");
                await Task.Delay(100, Ct);
            }
            await victim.Start();
        }
    }

    /// <summary>A second after the event is in the log at most: what is asked from then on.</summary>
    [Fact]
    public async Task what_one_process_changes_no_other_serves_as_it_was()
    {
        await PutFolio();
        var tile = new Uri("/iiif-img/1/1/folio/0,0,512,400/512,/0/default.jpg", UriKind.Relative);
        foreach (var iiif in dlcs.Iiif) (await Status(iiif, tile)).ShouldBe(HttpStatusCode.OK);

        dlcs.Write.Api.DefaultRequestHeaders.Add("Prefer", "respond-async"); // the answer waits for no view
        await Change(new()
        { ["roles"] = new JsonArray("https://example.org/roles/staff"), ["maxUnauthorised"] = 0 });

        var since = Stopwatch.GetTimestamp();
        foreach (var iiif in dlcs.Iiif)
        {
            var asked = Stopwatch.GetElapsedTime(since);
            for (; await Status(iiif, tile) is not HttpStatusCode.Unauthorized; asked = Stopwatch.GetElapsedTime(since))
                asked.ShouldBeLessThan(Stale);
        }
    }

    /// <summary>Asks one process on and on: it answers well, or that it is not ready, or is dead.</summary>
    /// <returns>How often it answered well.</returns>
    private static async Task<int> Visit(HttpClient process, string path, CancellationToken over)
    {
        var served = 0;
        for (; !over.IsCancellationRequested; await Task.Delay(50, CancellationToken.None))
        {
            try
            {
                using var answer = await process.GetAsync(new Uri(path, UriKind.Relative), Ct);
                answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable);
                if (answer.IsSuccessStatusCode) served++;
            }
            catch (HttpRequestException)
            {
                // It is dead, or not there yet.
            }
        }
        return served;
    }

    /// <summary>Waits until some of a batch is done.</summary>
    /// <returns>Whether some is not.</returns>
    private async Task<bool> AreAtWork()
    {
        for (var (waiting, tries) = (Size, 0); ; tries++)
        {
            if (waiting < Size) return waiting > 0;
            tries.ShouldBeLessThan(3000, "nobody works");
            await Task.Delay(10, Ct);
            waiting = (int)(await dlcs.Write.Get("/customers/1/queue"))["size"]!;
        }
    }

    /// <summary>Puts it, and waits until it is processed and shown.</summary>
    private async Task PutFolio()
    {
        await Insist(HttpStatusCode.Created, HttpMethod.Put, Folio, new()
        { ["origin"] = library.Url("1.jpg"), ["mediaType"] = "image/jpeg" });
        for (var tries = 0; !await IsShown(); tries++)
        {
            tries.ShouldBeLessThan(600, "the image is not shown");
            await Task.Delay(100, Ct);
        }
    }

    private async Task<bool> IsShown()
    {
        using var answer = await dlcs.Read[0].Api.GetAsync(new Uri(Folio, UriKind.Relative), Ct);
        return answer.IsSuccessStatusCode
            && !(bool)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!["ingesting"]!;
    }

    private Task Change(JsonObject what) => Insist(HttpStatusCode.OK, HttpMethod.Patch, Folio, what);

    private async Task Insist(HttpStatusCode status, HttpMethod method, string path, JsonObject body)
    {
        using var answer = await dlcs.Write.Insist(method, path, body);
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<HttpStatusCode> Status(RoleProcess iiif, Uri path)
    {
        using var answer = await iiif.Public.GetAsync(path, Ct);
        return answer.StatusCode;
    }

    private async Task Finished(int batches)
    {
        for (var tries = 0; ; tries++)
        {
            var found = (await dlcs.Write.Get("/customers/1/queue/batches"))["member"]!.AsArray();
            if (found.Count == batches && found.All(b => b!["finished"] is not null))
            {
                found.ShouldAllBe(b => (int)b!["completed"]! == Size && (int)b["errors"]! == 0);
                return;
            }
            if (tries > 1200) throw new TimeoutException($"the batches do not finish: {found.ToJsonString()}");
            await Task.Delay(100, Ct);
        }
    }
}

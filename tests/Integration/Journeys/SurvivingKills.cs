using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Host;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Integration.Journeys;

/// <summary>kill -9 of everything, the database too: nothing is lost, nothing done twice, nothing left over.</summary>
public sealed class SurvivingKills(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private const int Members = 250;
    private const int Sent = 30;
    private readonly DlcsProcess dlcs = new();
    private Library library = null!;
    private HostSettings settings = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        library = await Library.Open();
        for (var n = 0; n < 10; n++) library.Page($"{n}.jpg", 600 + n, 400);
        settings = await stores.Under(
            new() { Data = dlcs.Data, Storage = Path.Combine(dlcs.Data, "storage") }, ownPostgres: true);
        dlcs.With(stores.Environ(settings));
        await dlcs.Start();
        (await dlcs.Post("/customers/1/spaces", new JsonObject { ["name"] = "manuscripts" })).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await dlcs.DisposeAsync();
        await library.DisposeAsync();
    }

    [Fact]
    public async Task a_batch_finishes_with_one_outcome_for_each_member_and_no_stray_file()
    {
        var answered = await dlcs.Post("/customers/1/queue", library.Batch("answered", Members));
        answered.StatusCode.ShouldBe(HttpStatusCode.Created);
        var sent = await dlcs.Post("/customers/1/queue", library.Batch("sent", Sent, sent: true));
        sent.StatusCode.ShouldBe(HttpStatusCode.Created);
        await Task.Delay(700, Ct);
        await dlcs.Kill();
        Stray(Path.Combine(settings.Storage, ".incoming", "half"));
        await dlcs.Start();

        // Those that are killed while they are being sent, or answered: they are there wholly, or not at all.
        await KillDuring(library.Batch("torn", Sent, sent: true), _ => Uploads().Length > Sent / 2);
        await KillDuring(library.Batch("cut", Members), passed => passed.TotalMilliseconds > 40);

        var batches = await Finished();
        batches.Count.ShouldBeInRange(2, 4);
        batches.ShouldAllBe(b => (int)b!["completed"]! == (int)b["count"]! && (int)b["errors"]! == 0);
        Uploads().ShouldBeEmpty();

        settings = settings with { Postgres = await dlcs.Postgres() };
        var events = await Settled.OnceEach(settings, batches.Sum(b => (int)b!["count"]!));

        await using var opened = Dlcs.Host.Wiring.Stores.Open(settings);
        (await opened.GetRequiredService<IStorage>().List(Ct).Select(o => o.Key.Value).ToListAsync(Ct)).ShouldBe(
            events.OfType<ImageIngested>()
                .SelectMany(e => e.Thumbnails.Select(t => t.Key).Append(e.Pyramid!.Key))
                .Concat(events.OfType<ImageRegistered>().Select(e => e.Image.Upload?.Key).OfType<string>()).Distinct(),
            ignoreOrder: true);
        Directory.GetFiles(Path.Combine(dlcs.Data, "work"), "*", SearchOption.AllDirectories)
            .ShouldAllBe(file => Path.GetFileName(file) == "lock");
        if (settings.S3 is null) Directory.GetFiles(Path.Combine(settings.Storage, ".incoming")).ShouldBeEmpty();
    }

    /// <summary>What is left by a kill that meets the moment in which an object is stored.</summary>
    private void Stray(string file)
    {
        if (settings.S3 is null) File.WriteAllText(file, "half");
    }

    /// <summary>Sends a batch, kills all once it is that far, and starts it again.</summary>
    private async Task KillDuring(JsonObject batch, Func<TimeSpan, bool> isThatFar)
    {
        var since = Stopwatch.GetTimestamp();
        var answer = dlcs.Post("/customers/1/queue", batch);
        while (!isThatFar(Stopwatch.GetElapsedTime(since)) && !answer.IsCompleted) await Task.Delay(1, Ct);
        await dlcs.Kill();
        await answer.ContinueWith(_ => { }, TaskScheduler.Default);
        await dlcs.Start();
    }

    private string[] Uploads() => Directory.GetFiles(Path.Combine(dlcs.Data, "uploads"));

    private async Task<JsonArray> Finished()
    {
        for (var tries = 0; ; tries++)
        {
            if (await dlcs.Get("/customers/1/queue/batches") is { } found
                && found["member"]!.AsArray() is var batches && batches.All(b => b!["finished"] is not null))
                return batches;
            if (tries > 1200) throw new TimeoutException("the batches do not finish");
            await Task.Delay(100, Ct);
        }
    }
}

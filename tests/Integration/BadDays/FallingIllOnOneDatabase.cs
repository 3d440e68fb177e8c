using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Integration.Journeys;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.BadDays;

/// <summary>Where PostgreSQL keeps all but the pixels, it suffers every evil while images are processed.</summary>
public sealed class FallingIllOnOneDatabase(Postgres postgres) : IAsyncLifetime
{
    private const int Members = 250;

    private Library library = null!;
    private SickDatabase database = null!;
    private Installation? dlcs;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        library = await Library.Open();
        for (var n = 0; n < 10; n++) library.Page($"{n}.jpg", 64 + n, 48);
        database = await SickDatabase.Start(postgres);
    }

    public async ValueTask DisposeAsync()
    {
        if (dlcs is not null) await dlcs.DisposeAsync();
        await database.DisposeAsync();
        await library.DisposeAsync();
    }

    /// <param name="alone">Whether nobody may work beside it; else its workers tell others that they live.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task loses_no_image_and_does_none_twice(bool alone)
    {
        var settings = Installation.NewSettings() with { Workers = 1, IsAlone = alone };
        dlcs = await Installation.Begin(database.Lead(settings));
        await dlcs.KnowAdmin();
        await dlcs.NewSpace("manuscripts");
        await dlcs.Post("/customers/1/queue", library.Batch("0", Members));
        var watch = new Watch(dlcs.Heard, dlcs.Settings.AdminKey!.Secret);
        foreach (var evil in Enum.GetValues<Evil>())
        {
            watch.Begin();
            await database.Begin(evil);
            var patch = Patch(dlcs, $"{evil}");
            if (evil is not Evil.Restarted) await watch.Hears("PostgreSQL", database.Sentence(evil));
            if (evil is not Evil.Slow) await Task.WhenAll(patch, Task.Delay(TimeSpan.FromSeconds(1.5), Ct));
            await database.End();
            await Ward.Refuses(patch, or: evil is Evil.Slow or Evil.Restarted ? HttpStatusCode.OK : null);
            watch.MustBeCalm();
        }

        var all = await dlcs.Until(
            "/customers/1/queue/batches", b => b["member"]!.AsArray().All(m => m!["finished"] is not null), 120);
        ((int)all["member"]![0]!["errors"]!).ShouldBe(0);
        await Settled.SameViews(dlcs.Settings);
        await Settled.OnceEach(dlcs.Settings, Members);
    }

    private static async Task<HttpResponseMessage> Patch(Installation dlcs, string string2)
    {
        using var body = new StringContent(
            new JsonObject { ["string2"] = string2 }.ToJsonString(), null, "application/json");
        return await dlcs.Api.PatchAsync("/customers/1/spaces/1/images/0-0", body, Ct);
    }
}

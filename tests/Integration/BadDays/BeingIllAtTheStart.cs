using System.Net;
using System.Text.Json.Nodes;

namespace Dlcs.Integration.BadDays;

/// <summary>
/// A host that starts while its engines are ill says what is wrong with each, is not ready, and needs no hand when they
/// are well.
/// </summary>
[Trait("profile", "cluster")]
public sealed class BeingIllAtTheStart(Ward ward) : IClassFixture<Ward>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await ward.Open();

    public async ValueTask DisposeAsync()
    {
        await ward.Heal();
        await ward.Stop();
    }

    [Theory]
    [InlineData(Evil.Stopped)]
    [InlineData(Evil.Garbage)]
    [InlineData(Evil.Refusing)]
    [InlineData(Evil.Slow)]
    public async Task is_told_for_each_engine_and_over_when_it_is_well(Evil evil)
    {
        foreach (var engine in ward.Far) await engine.Begin(evil);
        await ward.Start();

        foreach (var engine in ward.Far) await ward.Watch.Hears(engine.Name, engine.Sentence(evil));
        if (evil is not Evil.Slow) await EachIsMissed(evil);
        foreach (var engine in ward.Far) await engine.End();

        await Works();
        ward.Watch.MustBeCalm();
    }

    [Theory]
    [InlineData(Evil.Stopped)]
    [InlineData(Evil.Garbage)]
    [InlineData(Evil.Refusing)]
    [InlineData(Evil.Full)]
    [InlineData(Evil.Slow)]
    public async Task of_the_database_is_told_and_over_when_it_is_well(Evil evil)
    {
        await (evil is Evil.Full ? ward.Database.OnlyRead() : ward.Database.Begin(evil)); // it has no tables yet
        await ward.Start();

        await ward.Watch.Hears(
            ward.Database.Name, evil is Evil.Full ? "it only reads" : ward.Database.Sentence(evil));
        if (evil is not Evil.Slow) (await NotReady()).ShouldContain("PostgreSQL");
        await ward.Database.End();

        await Works();
        ward.Watch.MustBeCalm();
    }

    /// <summary>They read, so that nothing is known of it before the first is to store something.</summary>
    [Fact]
    public async Task of_full_engines_is_told_when_they_are_to_store_and_over_when_they_have_room()
    {
        foreach (var engine in ward.Far) await engine.Begin(Evil.Full);
        await ward.Start();
        var admin = ward.Dlcs.KnowAdmin();
        await ward.Watch.Hears(ward.Log.Name, ward.Log.Sentence(Evil.Full));
        await Should.ThrowAsync<Dlcs.Kernel.Events.LogUnavailableException>(admin);
        await ward.Log.End();
        await ward.Watch.Hears(ward.Index.Name, ward.Index.Sentence(Evil.Full));
        await ward.Index.End();
        await ward.Dlcs.KnowAdmin();
        await ward.Dlcs.NewSpace("manuscripts");
        await Ward.Refuses(ward.Upload("folio"));
        await ward.Watch.Hears(ward.Storage.Name, ward.Storage.Sentence(Evil.Full));
        await ward.Storage.End();

        await ShowsAnUpload();
        ward.Watch.MustBeCalm();
    }

    /// <summary>Each is named until it is well, whatever the others are.</summary>
    private async Task EachIsMissed(Evil evil)
    {
        var reason = await NotReady();
        foreach (var part in (string[])["the log", "the image index", "the storage"]) reason.ShouldContain(part);
        foreach (var engine in ward.Far) reason.ShouldContain(engine.Sentence(evil));
        await ward.Storage.End();
        for (var tries = 0; (await NotReady()).Contains("the storage", StringComparison.Ordinal); tries++)
        {
            tries.ShouldBeLessThan(600);
            await Task.Delay(100, Ct);
        }
        (await NotReady()).ShouldContain(ward.Index.Sentence(evil));
    }

    private async Task<string> NotReady()
    {
        using var answer = await ward.Get("/health/ready");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!["reason"]!;
    }

    private async Task Works()
    {
        for (var tries = 0; ; tries++)
        {
            using var answer = await ward.Get("/health/ready");
            if (answer.IsSuccessStatusCode) break;
            tries.ShouldBeLessThan(1200, await answer.Content.ReadAsStringAsync(Ct));
            await Task.Delay(100, Ct);
        }
        await ward.Dlcs.KnowAdmin();
        await ward.Dlcs.NewSpace("manuscripts");
        await ShowsAnUpload();
    }

    private async Task ShowsAnUpload()
    {
        await Ward.Answers(ward.Upload("folio"), HttpStatusCode.Created);
        await ward.Dlcs.Until("/customers/1/allImages", all => all["member"] is JsonArray { Count: 1 } found
            && !(bool)found[0]!["ingesting"]! && (string?)found[0]!["error"] is null or "");
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Integration.Fetching;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Journeys;

/// <summary>Batches as those see them who wait for them: some are at work, some over, one was overtaken.</summary>
public sealed class WatchingBatches(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private const string Queue = "/customers/1/queue";
    private readonly TaskCompletionSource later = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Installation dlcs = null!;
    private Origin origin = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        dlcs = await Installation.Start(stores);
        await dlcs.NewSpace("a");
        using var picture = ImageApi.Picture.Make(64, 48);
        var bytes = picture.JpegsaveBuffer(q: 80);
        origin = await Origin.Answering(async http =>
        {
            if (http.Request.Path == "/later") await later.Task.WaitAsync(http.RequestAborted);
            await http.Response.Body.WriteAsync(bytes);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await dlcs.DisposeAsync();
        await origin.DisposeAsync();
    }

    [Fact]
    public async Task tells_what_is_active_what_is_over_and_what_was_overtaken()
    {
        var one = await Finished("now", "a", "b");
        var overtaken = await Finished("now", "c");
        var third = await Finished("now", "c");
        var active = await Submit(Queue, "later", "a", "d");
        var urgent = await Submit($"{Queue}/priority", "later", "e");

        (await Batches("batches")).ShouldBe([urgent, active, third, overtaken, one]);
        (await Batches("active")).ShouldBe([urgent, active]);
        (await Batches("recent")).ShouldBe([third, one]);
        foreach (var batch in (string[])[urgent, active, third, overtaken, one])
            ((bool)(await dlcs.Get(batch))["superseded"]!).ShouldBe(batch == overtaken);
        await HoldsOnlyWhatNoOtherTook(one, overtaken);
        await SaysThatNothingWasToBePutRight(active, third, overtaken);
        await Counts(incoming: 2, priority: 1, batches: 2);

        later.SetResult();

        foreach (var batch in (string[])[urgent, active]) await IsOver(batch);
        (await Batches("active")).ShouldBeEmpty();
        (await Batches("recent")).ShouldBe([urgent, active, third, one]);
        await Counts(incoming: 0, priority: 0, batches: 0);
    }

    private async Task HoldsOnlyWhatNoOtherTook(string one, string overtaken)
    {
        await dlcs.Until($"{one}/images", images => Ids(images) is ["b"]);
        await dlcs.Until($"{overtaken}/images", images => Ids(images) is []);
        Ids(await dlcs.Get($"{one}/assets")).ShouldBe(["a", "b"], ignoreOrder: true);
        Ids(await dlcs.Get($"{overtaken}/assets")).ShouldBe(["c"]);
        await dlcs.Get($"{Queue}/batches/999/images", HttpStatusCode.NotFound);
        await dlcs.Get($"{Queue}/batches/999/assets", HttpStatusCode.NotFound);
    }

    private async Task SaysThatNothingWasToBePutRight(params string[] batches)
    {
        foreach (var batch in batches)
        {
            (await dlcs.Post($"{batch}/test", null, HttpStatusCode.OK)).ToJsonString()
                .ShouldBe("""{"success":false}""");
        }
        await dlcs.Post($"{Queue}/batches/999/test", null, HttpStatusCode.NotFound);
    }

    /// <summary>Of everyone, which anyone may ask, and of the customer.</summary>
    private async Task Counts(int incoming, int priority, int batches)
    {
        using var anyone = new HttpClient { BaseAddress = dlcs.Api.BaseAddress };
        var all = JsonNode.Parse(await anyone.GetStringAsync("/queue", Ct))!;
        ((string)all["@type"]!).ShouldBe("vocab:QueueSummary");
        ((int)all["incoming"]!, (int)all["priority"]!).ShouldBe((incoming, priority));
        foreach (var none in (string[])["timebased", "transcodeComplete", "file", "failed", "success"])
            ((int)all[none]!).ShouldBe(0, none);

        var own = await dlcs.Get(Queue);
        (int Size, int Batches, int Images) waiting =
            ((int)own["size"]!, (int)own["batchesWaiting"]!, (int)own["imagesWaiting"]!);
        waiting.ShouldBe((incoming + priority, batches, incoming + priority));
        var urgent = await dlcs.Get($"{Queue}/priority");
        ((string)urgent["@id"]!).ShouldEndWith($"{Queue}/priority");
        ((int)urgent["size"]!).ShouldBe(priority);
    }

    private async Task<string> Finished(string path, params string[] images)
    {
        var batch = await Submit(Queue, path, images);
        await IsOver(batch);
        return batch;
    }

    private async Task IsOver(string batch)
    {
        var over = await dlcs.Until(batch, b => b["finished"] is not null);
        ((int)over["completed"]!, (int)over["errors"]!).ShouldBe(((int)over["count"]!, 0));
    }

    /// <returns>The path of the new batch.</returns>
    private async Task<string> Submit(string queue, string path, params string[] images)
    {
        var members = images.Select(id => (JsonNode)new JsonObject
        { ["id"] = id, ["space"] = 1, ["mediaType"] = "image/jpeg", ["origin"] = $"{origin.Url($"/{path}")}" });
        return PathOf(await dlcs.Post(queue, new JsonObject { ["member"] = new JsonArray([.. members]) }));
    }

    private async Task<string[]> Batches(string list) =>
        [.. (await dlcs.Get($"{Queue}/{list}"))["member"]!.AsArray().Select(b => PathOf(b!))];

    private static string[] Ids(JsonNode images) =>
        [.. images["member"]!.AsArray().Select(image => (string)image!["id"]!)];

    private static string PathOf(JsonNode batch) => new Uri((string)batch["@id"]!).AbsolutePath;
}

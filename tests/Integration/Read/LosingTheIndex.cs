using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images;
using Dlcs.Read.Images.Elastic;
using Dlcs.Read.Projecting;

namespace Dlcs.Integration.Read;

/// <summary>An index that is gone, or of yesterday, is noticed and named; a rebuild brings it back.</summary>
[Trait("profile", "cluster")]
public sealed class LosingTheIndex(Postgres postgres, Elasticsearch engine) : IAsyncLifetime
{
    private readonly HttpClient http = new();
    private EngineProcess? own;
    private SearchLibrary? library;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (library is not null) await library.DisposeAsync();
        if (library is not null && own is null) await engine.Forget(library.Settings);
        if (own is not null) await own.DisposeAsync();
        http.Dispose();
    }

    private async Task<SearchLibrary> Shared() =>
        library = await SearchLibrary.Open(postgres, await engine.Settings());

    /// <summary>On an engine that may be killed.</summary>
    private async Task<SearchLibrary> Own()
    {
        own = await engine.Another();
        return library = await SearchLibrary.Open(postgres, new ElasticSettings(own.Url, "own") { Replicas = 0 });
    }

    private Task Delete(string index) => http.DeleteAsync(new Uri(library!.Settings.Url, index), Ct);

    [Theory]
    [InlineData("")]
    [InlineData("-was")]
    public async Task stops_the_view_and_says_so_while_others_go_on(string index)
    {
        var all = await Shared();
        await all.Shown(await all.Fill(3));
        await Delete($"{all.Settings.Prefix}-images-1{index}");

        var position = await all.Fill(1, from: 3);

        (await all.Parked()).ShouldContain("lost");
        (await all.Parked()).ShouldEndWith("rebuild it: dlcs rebuild images");
        (await all.Projected.Progress.Reached(position, TimeSpan.FromSeconds(20), Ct, "batches")).ShouldBeTrue();

        (await all.Projected.Rebuild(views: "images")).ShouldHaveSingleItem().Swapped.ShouldBeTrue();
        await Shown(all, position);
        (await all.Total()).ShouldBe(4);
        await all.Shown(await all.Fill(1, from: 4));
        (await all.Total()).ShouldBe(5);
    }

    [Fact]
    public async Task is_noticed_although_nothing_happens()
    {
        var all = await Shared();
        await all.Shown(await all.Fill(3));

        await Delete($"{all.Settings.Prefix}-images-1");

        (await all.Parked()).ShouldContain("lost");
    }

    [Fact]
    public async Task is_noticed_at_the_next_start()
    {
        var all = await Shared();
        await all.Shown(await all.Fill(3));

        await all.Projected.Restart(() => Delete($"{all.Settings.Prefix}-images-1"));

        (await all.Parked()).ShouldContain("lost");
    }

    [Fact]
    public async Task is_not_said_of_one_that_is_not_made_yet()
    {
        var all = await Shared();
        var making = new TaskCompletionSource();
        await all.Projected.Restart(() =>
        {
            all.Man.Meddle = (http, body, ask) =>
            {
                if (http.Request.Method is not "PUT") return Middleman.Pass(http, body, ask);
                making.TrySetResult();
                return Middleman.Answer(http, 503, "{}");
            };
            return Delete($"{all.Settings.Prefix}-images-1");
        });
        await making.Task.WaitAsync(TimeSpan.FromSeconds(60), Ct);

        (await Should.ThrowAsync<IndexUnavailableException>(all.Total)).Message.ShouldEndWith("is not made yet");

        all.Man.Meddle = Middleman.Pass;
        await all.Shown(await all.Fill(1));
    }

    [Fact]
    public async Task an_index_of_another_installation_is_left_alone()
    {
        var all = await Shared();
        await all.Shown(await all.Fill(3));

        await using var other = await SearchLibrary.Open(postgres, all.Settings);

        var position = await other.Fill(1);
        (await other.Projected.Progress.Reached(position, TimeSpan.FromSeconds(30), Ct, "batches")).ShouldBeTrue();

        (await other.Parked()).ShouldContain("another installation");
        (await all.Total()).ShouldBe(3);
    }

    [Fact]
    public async Task an_older_backup_is_noticed_and_named()
    {
        var all = await Own();
        await all.Shown(await all.Fill(3));
        await own!.Stop();
        var backup = own.Backup();
        await own.Start();
        await all.Shown(await all.Fill(3, from: 3), seconds: 120);

        await own.Kill();
        own.Restore(backup);
        await own.Start();

        (await all.Fill(1, from: 6)).ShouldBeGreaterThan(Position.Start);
        (await all.Parked()).ShouldContain("older backup");
        (await all.Projected.Rebuild(views: "images")).ShouldHaveSingleItem().Swapped.ShouldBeTrue();
        (await all.Total()).ShouldBe(7);
    }

    [Fact]
    public async Task is_filled_anew_although_memory_holds_few_images()
    {
        var all = await Shared();
        await all.Shown(await all.Fill(200));
        foreach (var n in new[] { 3, 150, 3, 70 })
            await all.Append(Some.Id($"{n:D6}"), new ImageDescribed(Some.Id($"{n:D6}"), String1: "again"));
        await all.Append(Some.Id("000007"), new ImageDeleted(Some.Id("000007"), new(Waiting: true)));
        await all.Shown(await all.Append(Some.Id("000007"), Some.Registered(Some.Image(Some.Id("000007")))));
        var rebuild = new Rebuild(all.Projected.Log, all.Projected.Store, new Progress<RebuildProgress>())
        { PageSize = 7, MostInMemory = 20 };

        var rebuilt = (await rebuild.Run(["images"], accept: false, Ct)).ShouldHaveSingleItem();

        rebuilt.Is.ShouldBe(rebuilt.Was);
        (await all.Total()).ShouldBe(200);
        var past = await all.Projected.Images.Query(
            new ImageQuery(2, [], [], AsOf: (await all.Images()).Position), Ct);
        past.Total.ShouldBe(200);
        await all.MustEqualAReplay();
    }

    [Fact]
    public async Task a_killed_engine_is_waited_for_and_misses_nothing()
    {
        var all = await Own();
        await all.Shown(await all.Fill(100));
        var filling = all.Fill(8_000, from: 100);
        while (await all.Total() is 100) await Task.Delay(20, Ct);

        await own!.Kill();
        var position = await filling;
        (await all.Projected.Progress.Reached(position, TimeSpan.FromSeconds(60), Ct, "batches")).ShouldBeTrue();
        (await all.Images()).Shown.ShouldBeLessThan(position);
        await own.Start();

        await Shown(all, position);
        (await all.Total()).ShouldBe(8_100);
        await all.MustEqualAReplay();
    }

    private static async Task Shown(SearchLibrary all, Position position)
    {
        for (var tries = 0; (await all.Images()).Shown < position; tries++)
        {
            tries.ShouldBeLessThan(900, "the image index lags");
            await Task.Delay(100, Ct);
        }
        await all.Shown(position);
    }
}

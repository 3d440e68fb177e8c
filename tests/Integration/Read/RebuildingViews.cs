using Dlcs.Integration.Servers;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Read.Projecting;

namespace Dlcs.Integration.Read;

public sealed class RebuildingViews(Postgres postgres) : IAsyncLifetime
{
    private static readonly SpaceId Space = new(2, 5);
    private Projected projected = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        projected = await Projected.Start(postgres);
        await projected.Happen(Space.Stream, new SpaceCreated(Space, Guid.Empty, "manuscripts", [], []));
        await projected.Happen(StreamName.Batch(7), new BatchSubmitted(7, 2, 3));
        foreach (var name in new[] { "a", "b", "c" })
        {
            await projected.Happen(Some.Id(name).Stream, Some.Registered(Some.Image(Some.Id(name)), 7));
            await projected.Happen(Some.Id(name).Stream, Some.Ingested(Some.Id(name), 7));
        }
        await projected.Happen(Some.Id("c").Stream, new ImageDeleted(Some.Id("c"), new(false, Batch: 7)));
    }

    public ValueTask DisposeAsync() => projected.DisposeAsync();

    [Fact]
    public async Task gives_every_view_the_digest_it_had()
    {
        var rebuilt = await projected.Rebuild();

        rebuilt.Count.ShouldBe(9);
        foreach (var view in rebuilt)
        {
            view.Is.ShouldBe(view.Was, view.View);
            view.Swapped.ShouldBeTrue(view.View);
        }
        rebuilt.Single(v => v.View is "images").Is.ShouldNotBe(default);
    }

    [Fact]
    public async Task gives_it_too_when_memory_does_not_hold_the_documents()
    {
        var rebuild = new Rebuild(projected.Log, projected.Store, new Progress<RebuildProgress>())
        { PageSize = 2, MostInMemory = 1 };

        var rebuilt = await rebuild.Run([], accept: false, Ct);

        foreach (var view in rebuilt) view.Is.ShouldBe(view.Was, view.View);
        (await projected.Images.Query(new(2, [], [], Take: 1), Ct)).Total.ShouldBe(2);
        (await projected.Rebuild()).ShouldAllBe(view => view.Swapped && view.Is == view.Was);
    }

    [Fact]
    public async Task copies_every_column_as_it_was_written()
    {
        var odd = Some.Image(Some.Id("ä '\"{,}\\"), "Straße — 写本\n", long.MinValue, "a,b", "{}", "");
        var failed = new ImageFailed(odd.Id, Guid.Empty, "404", new(Waiting: true));
        await projected.Happen(odd.Id.Stream, Some.Registered(odd, 7), failed);
        var written = await Rows();

        await projected.Rebuild();

        (await Rows()).ShouldBe(written);
        written.Count.ShouldBe(14); // of images 3 current and 5 past ones

        async Task<List<string>> Rows()
        {
            var rows = new List<string>();
            foreach (var view in await projected.Generations())
                foreach (var table in new[] { $"{view.View}_{view.Number}", $"{view.View}_{view.Number}_was" })
                    rows.AddRange(await projected.Rows(table));
            return [.. rows.Order(StringComparer.Ordinal)];
        }
    }

    [Fact]
    public async Task goes_on_with_the_new_generation()
    {
        await projected.Rebuild();

        var described = await projected.Happen(Some.Id("a").Stream, new ImageDescribed(Some.Id("a"), String1: "new"));

        (await projected.Images.Find(Some.Id("a"), null, Ct)).ShouldNotBeNull().Image.String1.ShouldBe("new");
        (await projected.Images.Find(Some.Id("a"), new(described.Value - 1), Ct))
            .ShouldNotBeNull().Image.String1.ShouldBe("book");
        (await projected.Rebuild()).ShouldAllBe(view => view.Swapped);
    }

    [Fact]
    public async Task counts_what_the_new_generation_holds()
    {
        await projected.Rebuild();
        (await Total()).ShouldBe(2);

        await projected.Happen(Some.Id("b").Stream, new ImageDeleted(Some.Id("b"), new(false, Batch: 7)));
        (await Total()).ShouldBe(1);

        async Task<long> Total() => (await projected.Images.Query(new(2, [], [], Take: 1), Ct)).Total;
    }

    [Fact]
    public async Task keeps_the_live_one_when_documents_differ_and_names_them()
    {
        await projected.ForgeSpaces("manuscripts");

        var refused = (await projected.Rebuild(views: "spaces")).ShouldHaveSingleItem();
        refused.Swapped.ShouldBeFalse();
        refused.Differences.ShouldBe(["2/5"]);

        (await projected.Rebuild(accept: true, views: "spaces")).ShouldHaveSingleItem().Swapped.ShouldBeTrue();
        await projected.Restart();
        (await projected.Rebuild(views: "spaces")).ShouldHaveSingleItem().Differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task compares_with_a_live_one_that_is_behind()
    {
        IReadOnlyList<Rebuilt> refused = [];
        await projected.ForgeSpaces("manuscripts", async () =>
        {
            await projected.Append(Some.Id("a").Stream, new ImageDescribed(Some.Id("a"), String1: "not projected"));
            refused = await projected.Rebuild();
        });

        refused.Where(view => !view.Swapped).ShouldHaveSingleItem().Differences.ShouldBe(["2/5"]);
        await projected.Happen(Some.Id("a").Stream, new ImageDescribed(Some.Id("a"), String2: "goes on"));
        var found = (await projected.Images.Find(Some.Id("a"), null, Ct)).ShouldNotBeNull();
        (found.Image.String1, found.Image.String2).ShouldBe(("not projected", "goes on"));
    }

    [Fact]
    public async Task names_what_differs_in_the_past_alone()
    {
        await projected.Restart(async () =>
        {
            await projected.Sql("update dlcs_read.images_1_was set doc = '{}' where key = '2/5/b'");
            await projected.Sql("""
                update dlcs_read.generations set digest = set_byte(digest, 31, 255 - get_byte(digest, 31))
                where view = 'images'
                """);
        });

        (await projected.Rebuild(views: "images")).ShouldHaveSingleItem().Differences.ShouldBe(["2/5/b"]);
    }

    [Fact]
    public async Task nobody_waits_for_a_view_that_has_stopped()
    {
        await projected.Restart(() => projected.Sql(
            "update dlcs_read.generations set version = version - 1 where view = 'images'"));

        var position = await projected.Happen(StreamName.Batch(8), new BatchSubmitted(8, 2, 1));

        (await projected.Progress.Reached(position, TimeSpan.FromSeconds(30), Ct)).ShouldBeFalse();
        (await projected.Progress.Reached(position, TimeSpan.FromSeconds(30), Ct, "batches")).ShouldBeTrue();
        await projected.Rebuild(views: "images");
        for (var tries = 0; !await projected.Progress.Reached(position, TimeSpan.FromSeconds(5), Ct); tries++)
            tries.ShouldBeLessThan(100, "it goes on again");
    }

    [Fact]
    public async Task a_view_of_another_log_stops_and_says_what_to_do()
    {
        await projected.Restart(() => projected.Sql(
            "update dlcs_read.generations set log = '00000000-0000-0000-0000-000000000001' where view = 'queues'"));
        await projected.Happen(Some.Id("a").Stream, new ImageDescribed(Some.Id("a"), String1: "others go on"));

        (await projected.Generations()).Single(g => g.View is "queues")
            .Parked.ShouldNotBeNull().ShouldContain("rebuild");
        (await projected.Rebuild(views: "queues")).ShouldHaveSingleItem().Swapped.ShouldBeTrue();
    }

    [Fact]
    public async Task a_view_of_an_older_program_is_not_asked_and_says_what_to_do()
    {
        await projected.Restart(() => projected.Sql(
            "update dlcs_read.generations set version = version - 1 where view = 'images'"));
        projected.Store.Refresh();

        (await Should.ThrowAsync<StaleViewException>(() => projected.Images.Query(new(2, [], []), Ct)))
            .Message.ShouldContain("dlcs rebuild images");

        (await projected.Rebuild(views: "images")).ShouldHaveSingleItem().Swapped.ShouldBeTrue();
        (await projected.Images.Query(new(2, [], []), Ct)).Total.ShouldBe(2);
        await projected.Happen(Some.Id("a").Stream, new ImageDescribed(Some.Id("a"), String1: "followed again"));
        var found = await projected.Images.Find(Some.Id("a"), null, Ct);
        found.ShouldNotBeNull().Image.String1.ShouldBe("followed again");
    }
}

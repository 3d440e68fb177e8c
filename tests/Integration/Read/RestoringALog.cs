using Dlcs.Integration.Log;
using Dlcs.Integration.Servers;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Read.Projecting;

namespace Dlcs.Integration.Read;

/// <summary>
/// Views that have seen what an older backup of the log does not hold stop, whatever stands there since, and say what
/// to do.
/// </summary>
public sealed class RestoringALog(Postgres postgres) : IAsyncDisposable
{
    private static readonly SpaceId Space = new(2, 5);
    private RestorableLog? server;
    private Projected? views;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Engines => RestorableLog.Engines;

    private Projected Views => views!;

    public async ValueTask DisposeAsync()
    {
        if (views is not null) await views.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
    }

    /// <returns>When the backup is taken; three images are registered later.</returns>
    private async Task<Position> Begin(string engine)
    {
        server = await RestorableLog.On(engine, postgres);
        views = await Projected.Start(postgres, log: server.Open());
        var backup = await Views.Happen(Space.Stream, new SpaceCreated(Space, Guid.Empty, "manuscripts", [], []));
        foreach (var name in new[] { "a", "b", "c" })
            await Views.Happen(Some.Id(name).Stream, Some.Registered(Some.Image(Some.Id(name))));
        return backup;
    }

    /// <summary>Other images, past what the views have seen.</summary>
    private async Task<Position> Grow()
    {
        var log = server!.Open();
        await using var _ = (IAsyncDisposable)log;
        var last = Position.Start;
        foreach (var name in new[] { "p", "q", "r", "s", "t" })
        {
            var metadata = new Metadata(Guid.CreateVersion7(), "key-1", DateTimeOffset.UnixEpoch, "test");
            var image = Some.Image(Some.Id(name)) with { String1 = new string('x', 100) };
            last = await log.Append(new(Some.Id(name).Stream, -1, [Some.Registered(image)], metadata), Ct);
        }
        return last;
    }

    private async Task MustHaveStopped()
    {
        IReadOnlyList<Generation> all = [];
        for (var tries = 0; tries < 600; tries++, await Task.Delay(100, Ct))
        {
            all = await Views.Generations();
            if (all.All(v => v.Parked is not null)) break;
        }
        foreach (var view in all)
        {
            view.Parked.ShouldNotBeNull().ShouldContain("older backup");
            view.Parked.ShouldEndWith($"rebuild it: dlcs rebuild {view.View}");
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task that_ends_before_stops_them_at_the_next_start(string engine)
    {
        var backup = await Begin(engine);

        await Views.Restart(() => server!.Restore(backup));

        await MustHaveStopped();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task that_has_grown_past_them_stops_them_at_the_next_start(string engine)
    {
        var backup = await Begin(engine);

        await Views.Restart(async () =>
        {
            await server!.Restore(backup);
            (await Grow()).ShouldBeGreaterThan((await Views.Generations()).Max(v => v.Position));
        });

        await MustHaveStopped();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task stops_them_while_they_follow_it(string engine)
    {
        var backup = await Begin(engine);

        await server!.Restore(backup);
        await Grow();

        await MustHaveStopped();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task is_shown_after_a_rebuild(string engine)
    {
        var backup = await Begin(engine);
        await Views.Restart(() => server!.Restore(backup));
        await Grow();
        await MustHaveStopped();

        (await Views.Rebuild()).ShouldAllBe(view => view.Swapped);

        await Views.Happen(Some.Id("z").Stream, Some.Registered(Some.Image(Some.Id("z"))));
        (await Views.Images.Query(new(2, [], []), Ct)).Images.Select(i => i.Image.Id.Name)
            .ShouldBe(["p", "q", "r", "s", "t", "z"], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task is_shown_after_a_rebuild_before_it_has_grown_again(string engine)
    {
        var backup = await Begin(engine);
        await Views.Restart(() => server!.Restore(backup));
        await MustHaveStopped();

        (await Views.Rebuild().WaitAsync(TimeSpan.FromMinutes(1), Ct)).ShouldAllBe(view => view.Swapped);

        await Views.Happen(Some.Id("z").Stream, Some.Registered(Some.Image(Some.Id("z"))));
        (await Views.Images.Query(new(2, [], []), Ct)).Images.ShouldHaveSingleItem().Image.Id.Name.ShouldBe("z");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task that_lacks_nothing_they_have_seen_stops_nobody(string engine)
    {
        await Begin(engine);
        var all = (await Views.Generations()).Max(v => v.Position);

        await server!.Restore(all);
        await Views.Restart();
        await Views.Happen(Some.Id("z").Stream, Some.Registered(Some.Image(Some.Id("z"))));

        (await Views.Generations()).ShouldAllBe(view => view.Parked == null);
    }

    /// <summary>Tables in which no event was noted yet, or where the last commit was an older program's.</summary>
    [Theory]
    [InlineData("alter table dlcs_read.generations drop last, drop last_for")]
    [InlineData("update dlcs_read.generations set last = gen_random_uuid(), last_for = last_for - 1")]
    public async Task is_noticed_from_the_first_start_on_where_nothing_was_noted_before(string past)
    {
        var backup = await Begin("postgres");

        await Views.Restart(() => Views.Sql(past));
        await Views.Happen(Some.Id("z").Stream, Some.Registered(Some.Image(Some.Id("z"))));
        (await Views.Generations()).ShouldAllBe(view => view.Parked == null && view.Last != null);
        await Views.Restart(async () =>
        {
            await server!.Restore(backup);
            await Grow();
        });

        await MustHaveStopped();
    }
}

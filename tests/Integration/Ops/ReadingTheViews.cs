using Dlcs.Integration.Read;
using Dlcs.Integration.Servers;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Ops;

/// <summary><c>dlcs views</c> on a database that is there.</summary>
public sealed class ReadingTheViews(Postgres postgres) : IAsyncLifetime
{
    private static readonly SpaceId Space = new(2, 5);

    private readonly DataFolder folder = new();
    private Projected projected = null!;

    public async ValueTask InitializeAsync() => projected = await Projected.Start(postgres);

    public async ValueTask DisposeAsync()
    {
        await projected.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task shows_the_generation_and_the_position_of_each_and_how_many_events_that_is_behind()
    {
        var seen = await projected.Happen(Space.Stream, new SpaceCreated(Space, Guid.Empty, "manuscripts", [], []));
        await projected.Rebuild(views: "images");
        await projected.Rebuild(views: ["images", "spaces"]);
        var last = seen;

        await projected.Restart(async () =>
        {
            foreach (var name in (string[])["a", "b", "c"])
                last = await projected.Append(Some.Id(name).Stream, Some.Registered(Some.Image(Some.Id(name))));
            MustBe(await Views(exit: 0), seen, lag: 3);
        });

        (await projected.Progress.Reached(last, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken))
            .ShouldBeTrue();
        MustBe(await Views(exit: 0), last, lag: 0);
    }

    [Fact]
    public async Task says_why_one_has_stopped()
    {
        await projected.Happen(Space.Stream, new SpaceCreated(Space, Guid.Empty, "manuscripts", [], []));

        await projected.Restart(async () =>
        {
            await projected.Sql("update dlcs_read.generations set parked = 'it broke' where view = 'queues'");
            var rows = await Views(exit: 1);
            rows.Single(row => row.View is "queues").State.ShouldBe("it broke");
            rows.Where(row => row.View is not "queues").ShouldAllBe(row => row.State == "follows");
        });
    }

    private static void MustBe(IReadOnlyList<ViewRow> rows, Position position, int lag)
    {
        rows.Select(row => row.View).ShouldBe(
            [
                "batches", "customers", "images", "keys", "named_queries", "queues", "space_names", "space_storage",
                "spaces",
            ]);
        foreach (var row in rows)
        {
            var generation = row.View is "images" ? 3 : row.View is "spaces" ? 2 : 1;
            row.ShouldBe(new(row.View, generation, position.Value, lag, "follows"));
        }
    }

    private async Task<IReadOnlyList<ViewRow>> Views(int exit)
    {
        var (code, said) = await RunningOps.Run(
            folder.Path, "env", $"ConnectionStrings__Postgres={projected.ConnectionString}",
            "dotnet", Path.Combine(AppContext.BaseDirectory, "dlcs.dll"), "views");
        code.ShouldBe(exit, said);
        return ViewRow.Of(said);
    }
}

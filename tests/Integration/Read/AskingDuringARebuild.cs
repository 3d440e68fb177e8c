using Dlcs.Integration.Servers;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images;
using Dlcs.Read.Images.Postgres;
using Dlcs.Read.Projecting;
using Dlcs.Read.Spaces;
using Npgsql;

namespace Dlcs.Integration.Read;

/// <summary>Where PostgreSQL keeps the images too: who asks while views are swapped gets a whole answer.</summary>
public sealed class AskingDuringARebuild(Postgres postgres) : IAsyncLifetime
{
    private const int First = 400;
    private const int Rebuilds = 4;

    private static readonly SpaceId Space = new(2, 5);

    private static readonly ImageQuery All =
        new(2, [], [new(ImageField.Number1)]) { Facets = [ImageField.String1, ImageField.Space] };

    private Projected projected = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        projected = await Projected.Start(postgres);
        await projected.Happen(Space.Stream, new SpaceCreated(Space, Guid.Empty, "manuscripts", [], []));
        await Register(0, First);
    }

    public ValueTask DisposeAsync() => projected.DisposeAsync();

    [Fact]
    public async Task sees_one_whole_generation_while_images_change_and_views_are_swapped()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var known = First;
        var writing = Task.Run(async () =>
        {
            for (; !stop.IsCancellationRequested; Interlocked.Add(ref known, 10)) await Register(known, 10);
        }, Ct);
        var asking = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            var asked = 0;
            for (; !stop.IsCancellationRequested; asked++)
            {
                var least = Volatile.Read(ref known);
                await MustBeWhole(least);
                (await projected.Images.Find(Some.Id($"{least - 1:D6}"), null, Ct)).ShouldNotBeNull();
                (await Shown(projected.Views)).Images.ShouldBeGreaterThanOrEqualTo(least);
            }
            return asked;
        }, Ct)).ToList();

        for (var rebuilds = 0; rebuilds < Rebuilds; rebuilds++)
            (await projected.Rebuild()).ShouldAllBe(view => view.Swapped && view.Is == view.Was);
        await stop.CancelAsync();
        await writing;

        foreach (var asked in await Task.WhenAll(asking)) asked.ShouldBeGreaterThan(20);
        known.ShouldBeGreaterThan(First + 20);
        await MustBeWhole(known);
        (await projected.Generations()).ShouldAllBe(g => g.Number == Rebuilds + 1);
    }

    /// <summary>A process hears of a swap by a notice, which may come late or never.</summary>
    [Fact]
    public async Task finds_what_is_live_without_having_heard_of_the_swap()
    {
        await using var database = NpgsqlDataSource.Create(projected.ConnectionString);
        var deaf = new ReadStore(database);
        var (images, views) = (new PostgresImageIndex(deaf), new Views(deaf));
        await All();

        await projected.Rebuild();
        await Register(First, 1);

        await All(more: 1);

        async Task All(int more = 0)
        {
            (await images.Query(AskingDuringARebuild.All, Ct)).Total.ShouldBe(First + more);
            (await images.Find(Some.Id($"{First + more - 1:D6}"), null, Ct)).ShouldNotBeNull();
            (await Shown(views)).Images.ShouldBe(First + more);
            (await views.Count(ViewDefinitions.Spaces, "customer = 2", [], Ct)).ShouldBe(1);
            (await views.At(DateTimeOffset.MaxValue, Ct)).ShouldBeGreaterThan(Position.Start);
        }
    }

    [Fact]
    public async Task is_told_what_to_do_where_a_table_is_lost()
    {
        await Shown(projected.Views);

        await projected.Sql("drop table dlcs_read.spaces_1 cascade");

        (await Should.ThrowAsync<StaleViewException>(() => Shown(projected.Views))).Message.ShouldBe(
            "The table of the view spaces is lost. Rebuild it: dlcs rebuild spaces");
        await MustBeWhole(First);
        (await projected.Rebuild(views: "spaces")).ShouldHaveSingleItem().Swapped.ShouldBeTrue();
        (await Shown(projected.Views)).Images.ShouldBe(First);
    }

    private Task Register(int from, int count) => projected.Register(
        Enumerable.Range(from, count).Select(n => Some.Image(Some.Id($"{n:D6}"), number1: n)));

    /// <summary>The first of all that were registered, without a gap; counted alike, however it is counted.</summary>
    private async Task MustBeWhole(int least)
    {
        var page = await projected.Images.Query(All, Ct);
        var numbers = page.Images.Select(i => i.Image.Number1).ToList();
        numbers.Count.ShouldBeGreaterThanOrEqualTo(least);
        numbers.ShouldBe(Enumerable.Range(0, numbers.Count).Select(n => (long)n));
        page.Total.ShouldBe(numbers.Count);
        foreach (var facet in page.Facets) facet.Values.ShouldHaveSingleItem().Count.ShouldBe(numbers.Count);
        (await projected.Images.Query(All with { Take = 10 }, Ct)).Total.ShouldBeGreaterThanOrEqualTo(numbers.Count);
    }

    private static async Task<SpaceView> Shown(Views views) =>
        (await views.Find(ViewDefinitions.Spaces, Space.ToString(), Ct)).ShouldNotBeNull();
}

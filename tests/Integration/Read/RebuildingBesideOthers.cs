using System.Diagnostics;
using Dlcs.Integration.Log;
using Dlcs.Integration.Servers;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;

namespace Dlcs.Integration.Read;

/// <summary>The log ends with what is another installation's: a rebuild comes further than the live views do.</summary>
[Trait("profile", "cluster")]
public sealed class RebuildingBesideOthers(Postgres postgres, EventStoreServer server)
    : IClassFixture<EventStoreServer>, IAsyncLifetime
{
    private static readonly SpaceId Space = new(2, 5);
    private readonly string prefix = $"r{Guid.CreateVersion7():N}"[..20];
    private Projected projected = null!;
    private GrpcEventStore theirs = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        projected = await Projected.Start(postgres, log: server.Open(prefix));
        theirs = server.Open(prefix + "x");
        await projected.Happen(Space.Stream, new SpaceCreated(Space, Guid.Empty, "manuscripts", [], []));
        await projected.Happen(Some.Id("a").Stream, Some.Registered(Some.Image(Some.Id("a"))));
        await theirs.AppendMany([.. Enumerable.Range(0, 20).Select(_ => Appends.One())], Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await theirs.DisposeAsync();
        await projected.DisposeAsync();
    }

    [Fact]
    public async Task waits_for_nothing_that_is_not_ours()
    {
        var began = Stopwatch.GetTimestamp();

        var rebuilt = await projected.Rebuild();

        rebuilt.ShouldAllBe(view => view.Swapped && view.Is == view.Was);
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task keeps_the_live_one_when_documents_differ_and_names_them()
    {
        await projected.ForgeSpaces("manuscripts");

        var refused = (await projected.Rebuild(views: "spaces")).ShouldHaveSingleItem();

        refused.Swapped.ShouldBeFalse();
        refused.Differences.ShouldBe(["2/5"]);
        (await projected.Rebuild(accept: true, views: "spaces")).ShouldHaveSingleItem().Swapped.ShouldBeTrue();
    }
}

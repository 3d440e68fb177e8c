using Dlcs.Host;
using Dlcs.Host.Commands;
using Dlcs.Host.Wiring;
using Dlcs.Kernel.Events;
using Dlcs.Read.Projecting;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Integration.Journeys;

/// <summary>What holds of an installation once its work is done, whatever happened to it meanwhile.</summary>
internal static class Settled
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>So many images were registered, and each has one outcome: it is ingested.</summary>
    /// <returns>All events.</returns>
    public static async Task<IReadOnlyList<IEvent>> OnceEach(HostSettings settings, int images)
    {
        await using var stores = Stores.Open(settings);
        var log = stores.GetRequiredService<IEventStore>();
        var events = (await log.ReadAll(Position.Start, 100_000, Ct)).Entries.Select(e => e.Recorded.Event).ToList();
        events.OfType<ImageRegistered>().Count().ShouldBe(images);
        events.OfType<ImageIngested>().Select(e => e.Registration)
            .ShouldBe(events.OfType<ImageRegistered>().Select(e => e.Registration), ignoreOrder: true);
        return events;
    }

    /// <summary>Every view, folded anew from the first event, has the same digest.</summary>
    public static async Task SameViews(HostSettings settings)
    {
        await using var views = new ViewsAccess(settings);
        var rebuilt = await views.Rebuild([], false, new Progress<RebuildProgress>(), Ct);
        rebuilt.ShouldAllBe(view => view.Swapped && view.Is == view.Was);
    }
}

using Dlcs.Host.Wiring;
using Dlcs.Kernel.Events;
using Dlcs.Read.Batches;
using Dlcs.Read.Projecting;

namespace Dlcs.Host.Commands;

/// <summary>The views and the log that they come from, opened without a host.</summary>
internal sealed class ViewsAccess(HostSettings settings) : IAsyncDisposable
{
    private readonly ServiceProvider stores = Stores.Open(settings);

    private IEventStore Log => stores.GetRequiredService<IEventStore>();

    private ReadStore Views => stores.GetRequiredService<ReadStore>();

    /// <summary>With the database of a data folder: the one that runs, else started meanwhile.</summary>
    public static Task<int> Use(HostSettings settings, Func<ViewsAccess, Task<int>> work, CancellationToken ct) =>
        OwnDatabase.Use(
            settings,
            async found =>
            {
                await using var access = new ViewsAccess(found);
                return await work(access);
            },
            ct);

    /// <summary>The generation of each view that queries read.</summary>
    public Task<IReadOnlyList<Generation>> Live(CancellationToken ct) => Views.Generations(ct);

    /// <summary>How many events the log has behind a position.</summary>
    public Task<int> Behind(Position at, CancellationToken ct) => Log.Behind(at, int.MaxValue, ct);

    /// <summary>How many images wait to be processed.</summary>
    public Task<long> Waiting(CancellationToken ct) => QueueQueries.Waiting(Views, ct);

    /// <param name="views">None: all.</param>
    /// <param name="accept">Whether those that differ are taken all the same.</param>
    public Task<IReadOnlyList<Rebuilt>> Rebuild(
        IReadOnlyList<string> views, bool accept, IProgress<RebuildProgress> progress, CancellationToken ct) =>
        new Rebuild(Log, Views, progress).Run(views, accept, ct);

    public ValueTask DisposeAsync() => stores.DisposeAsync();
}

using Dlcs.Kernel.Events;
using Dlcs.Read.Projecting;

namespace Dlcs.Host.Commands;

/// <summary>The views and the log that they come from, opened without a host.</summary>
/// <param name="Live">The generation of each view that queries read.</param>
/// <param name="Behind">How many events the log has behind a position.</param>
/// <param name="Rebuild">Which views (none: all), whether differences are accepted, whom to tell how far it is.</param>
public sealed record ViewsAccess(
    Func<CancellationToken, Task<IReadOnlyList<Generation>>> Live,
    Func<Position, CancellationToken, Task<int>> Behind,
    Func<IReadOnlyList<string>, bool, IProgress<RebuildProgress>, CancellationToken, Task<IReadOnlyList<Rebuilt>>>
        Rebuild)
{
    /// <summary>With the database of a data folder: the one that runs, else started meanwhile.</summary>
    internal static Task<int> Use(HostSettings settings, Func<ViewsAccess, Task<int>> work, CancellationToken ct) =>
        OwnDatabase.Use(settings, found => work(Hosting.OpenViews(found)), ct);
}

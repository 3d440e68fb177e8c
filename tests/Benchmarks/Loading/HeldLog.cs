using Dlcs.Kernel.Events;

namespace Dlcs.Benchmarks.Loading;

/// <summary>A log that was read before.</summary>
internal sealed class HeldLog : EasyLog
{
    private readonly Guid identity;
    private readonly List<LogPage> pages;

    private HeldLog(Guid identity, List<LogPage> pages) => (this.identity, this.pages) = (identity, pages);

    /// <param name="pageSize">As whoever reads it asks for.</param>
    public static async Task<HeldLog> Of(IEventStore log, int pageSize, CancellationToken ct)
    {
        var (pages, end) = (new List<LogPage>(), await log.End(ct));
        for (var at = Position.Start; at < end; at = pages[^1].Through)
            pages.Add(await log.ReadAll(at, pageSize, ct));
        return new(await log.Identity(ct), pages);
    }

    public override ValueTask<Guid> Identity(CancellationToken ct) => new(identity);

    public override Task<Position> End(CancellationToken ct) => Task.FromResult(pages[^1].Through);

    public override Task<LogPage> ReadAll(Position after, int atMost, CancellationToken ct) =>
        Task.FromResult(pages.Find(page => page.Through > after) ?? new([], after));
}

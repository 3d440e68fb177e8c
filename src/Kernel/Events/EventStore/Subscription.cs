using System.Runtime.CompilerServices;
using EventStoreDb.Wire;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>
/// Follows the log. When it is cut off (a lost connection, another leader, a server that finds it too slow) it goes on
/// from where it was, if the log still holds what it has seen.
/// </summary>
internal sealed class Subscription(Connection connection, LogReader reader, IEventStore log)
{
    public async IAsyncEnumerable<LogPage> Follow(
        Checkpoint after, int atMost, [EnumeratorCancellation] CancellationToken ct)
    {
        var (seen, place, failed) = (after, LogReader.Place(after.Position), 0);
        Feed? feed = null;
        try
        {
            while (true)
            {
                LogPage? page = null;
                try
                {
                    if (feed is null && failed > 0)
                        seen = await log.Recognise(seen, ct) ?? throw new LogReplacedException();
                    feed ??= await Open(place, ct);
                    page = await feed.Next(seen.Position, atMost, reader, ct);
                    (place, failed) = (feed.Place, 0);
                }
                catch (Exception e) when (Failures.Passes(e))
                {
                    ct.ThrowIfCancellationRequested();
                    place = feed?.Place ?? place;
                    feed?.Dispose();
                    feed = null;
                    failed++;
                    await Task.Delay(Backoff.Pause(failed, least: 5, most: 1600), ct);
                }

                if (page is null) continue;
                seen = seen.After(page);
                yield return page;
            }
        }
        finally
        {
            feed?.Dispose();
        }
    }

    private Task<Feed> Open(LogPosition? behind, CancellationToken ct) => connection.Ask(
        node => Feed.Open(connection, node, reader.Following(behind), ct), ct);
}

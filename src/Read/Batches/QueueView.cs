using System.Collections.Immutable;
using Dlcs.Kernel.Events;
using Dlcs.Read.Customers;

namespace Dlcs.Read.Batches;

/// <summary>What waits to be processed: of one customer, or (under <see cref="Everyone"/>) of all.</summary>
/// <param name="Normal">Images in the normal lane.</param>
/// <param name="Priority">Images in the priority lane, those a client waits for included.</param>
/// <param name="Batches">Waiting images of each batch that has any; only for one customer.</param>
public sealed record QueueView(long Normal, long Priority, ImmutableSortedDictionary<int, int> Batches)
    : IView<QueueView>
{
    public const string Everyone = "all";

    public static readonly QueueView Empty = new(0, 0, ImmutableSortedDictionary<int, int>.Empty);

    public static IReadOnlyList<string> Keys(Recorded recorded) => recorded.Event switch
    {
        IImageEvent e and (ImageRegistered or ImageIngested or ImageFailed or ImageDeleted) =>
            [Everyone, CustomerView.Key(e.Id.Customer)],
        IImageEvent or ICustomerEvent or ISpaceEvent or IBatchEvent or INamedQueryEvent or IClaimEvent
            or RedactedEvent => [],
        _ => throw new UnknownEventException(recorded),
    };

    public static QueueView? Evolve(string key, QueueView? view, Recorded recorded)
    {
        var queue = view ?? Empty;
        return recorded.Event switch
        {
            ImageRegistered e => queue.Add(e.Before, -1, key).Add(new(true, Batch: e.Batch, Lane: e.Lane), +1, key),
            ImageIngested e => queue.Add(e.Before, -1, key),
            ImageFailed e => queue.Add(e.Before, -1, key),
            ImageDeleted e => queue.Add(e.Before, -1, key),
            RedactedEvent => view,
            _ => throw new UnknownEventException(recorded),
        };
    }

    private QueueView Add(ImageStanding? standing, int n, string key)
    {
        if (standing is not { Waiting: true }) return this;
        return standing.Lane is Lane.Normal
            ? this with { Normal = Normal + n, Batches = Counted(standing.Batch, n, key) }
            : this with { Priority = Priority + n, Batches = Counted(standing.Batch, n, key) };
    }

    private ImmutableSortedDictionary<int, int> Counted(int? batch, int n, string key)
    {
        if (batch is not { } b || key is Everyone) return Batches;
        var count = Batches.GetValueOrDefault(b) + n;
        return count is 0 ? Batches.Remove(b) : Batches.SetItem(b, count);
    }
}

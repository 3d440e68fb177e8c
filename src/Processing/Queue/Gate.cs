using Wolverine;
using Wolverine.Postgresql.Transport;
using Wolverine.Runtime;
using Wolverine.Runtime.WorkerQueues;
using Wolverine.Transports;

namespace Dlcs.Processing.Queue;

/// <summary>
/// A lane that takes no more than it has slots for. Wolverine's listener takes a batch at every look, whatever is
/// running: one worker would hoard what another could do, and what is hoarded is beyond the turns that customers take.
/// </summary>
internal sealed class GatedLane(string lane, PostgresqlTransport transport, Slots slots)
    : PostgresqlQueue(lane, transport)
{
    public override ValueTask<IListener> BuildListenerAsync(IWolverineRuntime runtime, IReceiver receiver) =>
        base.BuildListenerAsync(runtime, new Gate(receiver, slots));
}

/// <param name="Count">Jobs at once.</param>
/// <param name="Wake">Makes the lane's listeners look again.</param>
/// <param name="Ending">Nobody waits for a slot any more: Wolverine, when it stops, waits for its listeners.</param>
internal sealed record Slots(int Count, Func<Task> Wake, CancellationToken Ending);

/// <summary>Lets a batch in and returns when there is room: so long the listener does not look for more.</summary>
internal sealed class Gate(IReceiver inner, Slots slots) : IReceiver
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    public IHandlerPipeline Pipeline => inner.Pipeline;

    public async ValueTask ReceivedAsync(IListener listener, Envelope[] messages)
    {
        await inner.ReceivedAsync(listener, messages);
        while (inner is ILocalQueue queue && queue.QueueCount > slots.Count)
        {
            if (slots.Ending.IsCancellationRequested) return;
            await Task.Delay(Glance, CancellationToken.None);
        }
        if (messages.Length >= slots.Count) await slots.Wake(); // there may be more
    }

    public ValueTask ReceivedAsync(IListener listener, Envelope envelope) => inner.ReceivedAsync(listener, envelope);

    public ValueTask DrainAsync() => inner.DrainAsync();

    public void Dispose() => inner.Dispose();
}

using Dlcs.Kernel.Events;

namespace Dlcs.Write.Batches;

/// <summary>Gives a batch the next number that is free: whoever begins its stream first has it.</summary>
internal static class Numbering
{
    /// <returns>The batch, the id of its last event, and where that stands.</returns>
    public static async Task<(BatchSubmitted Event, Guid Id, Position Position)> Submit(
        IEventStore store, SubmitBatch command, NextIdHint hint, Metadata metadata, CancellationToken ct)
    {
        while (true)
        {
            var batch = await hint(Counted.Batch, 0, ct);
            var (stream, appended) = (StreamName.Batch(batch), 0);
            try
            {
                foreach (var events in BatchParts.Of(batch, command.Customer, command.Members, command.Priority))
                {
                    var append = new Append(stream, appended - 1, events, metadata, First: appended);
                    var position = await store.Append(append, ct);
                    appended += events.Count;
                    if (events[^1] is BatchSubmitted e) return (e, append.EventId(events.Count - 1), position);
                }
            }
            catch (RevisionConflictException) when (appended == 0)
            {
                // the number is taken: on to the next
            }
        }
    }
}

using System.Text.Json;
using Dlcs.Kernel.Events;

namespace Dlcs.Write.Batches;

/// <summary>A batch's events, cut so that every store takes them.</summary>
public static class BatchParts
{
    /// <summary>Bytes of one event's data; the rest of the limits is for metadata.</summary>
    public const int EventBytes = 400_000;

    /// <summary>Bytes of one append's data.</summary>
    public const int AppendBytes = 800_000;

    /// <returns>The appends, in order; the last one's last event submits the batch.</returns>
    /// <exception cref="AppendTooLargeException">A member is: it could not be registered by itself either.</exception>
    public static IReadOnlyList<IReadOnlyList<IEvent>> Of(
        int batch, int customer, IReadOnlyList<ImageDescription> members, bool priority)
    {
        List<IReadOnlyList<IEvent>> appends = [];
        List<IEvent> events = [];
        List<ImageDescription> part = [];
        var (partBytes, appendBytes) = (0, 0);

        foreach (var member in members)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(member, EventJson.Default.ImageDescription).Length + 1;
            if (bytes > EventBytes) throw new AppendTooLargeException($"{member.Id} is over {EventBytes} bytes");
            if (partBytes + bytes > EventBytes) EndPart();
            part.Add(member);
            partBytes += bytes;
        }
        EndPart();
        events.Add(new BatchSubmitted(batch, customer, members.Count, priority));
        appends.Add(events);
        return appends;

        void EndPart()
        {
            if (part is []) return;
            if (appendBytes + partBytes > AppendBytes)
            {
                appends.Add(events);
                (events, appendBytes) = ([], 0);
            }
            events.Add(new BatchMembersAdded(batch, customer, part));
            appendBytes += partBytes;
            (part, partBytes) = ([], 0);
        }
    }
}

using System.Globalization;
using EventStoreDb.Wire;
using Google.Protobuf;
using static EventStoreDb.Wire.ReadResp.Types;

namespace Dlcs.Integration.Log.Loopback;

/// <summary>An event as the loopback server keeps it.</summary>
/// <param name="Position">Where its record begins in the log; commit and prepare position are the same.</param>
/// <param name="End">Where the next record will begin.</param>
/// <param name="Created">100 ns since 1970.</param>
internal sealed record StoredEvent(
    Guid Id, string Stream, ulong Revision, ulong Position, ulong End, string Type, string ContentType, ByteString Data,
    ByteString Metadata, long Created)
{
    /// <param name="tellsPosition">Whether it says where in the log it stands.</param>
    public ReadResp ToAnswer(bool ids, bool tellsPosition)
    {
        var recorded = new RecordedEvent
        {
            Id = ids ? Spelling.Structured(Id) : new() { String = Id.ToString("D") },
            StreamIdentifier = new() { StreamName = ByteString.CopyFromUtf8(Stream) },
            StreamRevision = Revision,
            CommitPosition = tellsPosition ? Position : ulong.MaxValue,
            PreparePosition = tellsPosition ? Position : ulong.MaxValue,
            Metadata =
            {
                { "type", Type }, { "content-type", ContentType },
                { "created", Created.ToString(CultureInfo.InvariantCulture) },
            },
            CustomMetadata = Metadata,
            Data = Data,
        };
        return new()
        {
            Event = tellsPosition
                ? new() { Event = recorded, CommitPosition = Position }
                : new() { Event = recorded, NoPosition = new() },
        };
    }
}

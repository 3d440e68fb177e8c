using System.Buffers.Binary;
using EventStoreDb.Wire;
using Google.Protobuf;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>How our words are spelt in EventStoreDB's messages.</summary>
internal static class Wire
{
    public const ulong Nowhere = ulong.MaxValue;

    /// <summary>Empty messages carry nothing: one serves all.</summary>
    public static Empty Empty { get; } = new();

    public static Google.Protobuf.WellKnownTypes.Empty Void { get; } = new();

    public static UUID Of(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return new()
        {
            Structured = new()
            {
                MostSignificantBits = BinaryPrimitives.ReadInt64BigEndian(bytes),
                LeastSignificantBits = BinaryPrimitives.ReadInt64BigEndian(bytes[8..]),
            },
        };
    }

    /// <exception cref="FormatException">It is no id.</exception>
    public static Guid Of(UUID id)
    {
        if (id.ValueCase is UUID.ValueOneofCase.String) return Guid.ParseExact(id.String, "D");
        if (id.Structured is not { } halves) throw new FormatException("an event has no id");
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, halves.MostSignificantBits);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], halves.LeastSignificantBits);
        return new(bytes, bigEndian: true);
    }

    public static StreamIdentifier Stream(ByteString key) => new() { StreamName = key };

    public static ProposedMessage Of(SealedEvent e) => new()
    {
        Id = Of(e.Id),
        Metadata = { { "type", e.Type }, { "content-type", "application/json" } },
        Data = UnsafeByteOperations.UnsafeWrap(e.Data),
        CustomMetadata = UnsafeByteOperations.UnsafeWrap(e.Metadata),
    };
}

using System.Buffers.Binary;
using EventStoreDb.Wire;

namespace Dlcs.Integration.Log.Loopback;

/// <summary>How the protocol spells ids and names.</summary>
internal static class Spelling
{
    public static UUID Structured(Guid id)
    {
        var bytes = id.ToByteArray(bigEndian: true);
        return new()
        {
            Structured = new()
            {
                MostSignificantBits = BinaryPrimitives.ReadInt64BigEndian(bytes),
                LeastSignificantBits = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(8)),
            },
        };
    }

    public static Guid Read(UUID id)
    {
        if (id.ValueCase is UUID.ValueOneofCase.String) return Guid.Parse(id.String);
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, id.Structured.MostSignificantBits);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), id.Structured.LeastSignificantBits);
        return new(bytes, bigEndian: true);
    }

    public static string Read(StreamIdentifier stream) => stream.StreamName.ToStringUtf8();
}

using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dlcs.Read.Projecting;

/// <summary>
/// The digest of a generation: the sum of SHA-256(key, bytes) over its documents, modulo 2²⁵⁶. A document is added and
/// taken away in any order, so the digest is kept while folding, and equal generations have equal digests.
/// </summary>
public readonly record struct Digest(ulong A, ulong B, ulong C, ulong D)
{
    public static Digest Of(string key, ReadOnlySpan<byte> bytes)
    {
        var most = Encoding.UTF8.GetMaxByteCount(key.Length) + 1 + bytes.Length;
        var all = ArrayPool<byte>.Shared.Rent(most); // in one piece: a hash in steps costs as much again
        var length = Encoding.UTF8.GetBytes(key, all);
        all[length++] = 0;
        bytes.CopyTo(all.AsSpan(length));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(all.AsSpan(0, length + bytes.Length), hash);
        ArrayPool<byte>.Shared.Return(all);
        return FromBytes(hash);
    }

    public static Digest FromBytes(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]));

    public byte[] ToBytes()
    {
        var bytes = new byte[32];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, A);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), B);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(16), C);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(24), D);
        return bytes;
    }

    public override string ToString() => Convert.ToHexStringLower(ToBytes());

    public static Digest operator +(Digest x, Digest y)
    {
        var d = x.D + y.D;
        var carry = d < x.D ? 1UL : 0;
        var c = Add(x.C, y.C, ref carry);
        var b = Add(x.B, y.B, ref carry);
        return new(Add(x.A, y.A, ref carry), b, c, d);
    }

    public static Digest operator -(Digest x, Digest y) =>
        x + new Digest(~y.A, ~y.B, ~y.C, ~y.D) + new Digest(0, 0, 0, 1);

    private static ulong Add(ulong x, ulong y, ref ulong carry)
    {
        var sum = (UInt128)x + y + carry;
        carry = (ulong)(sum >> 64);
        return (ulong)sum;
    }
}

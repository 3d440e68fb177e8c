using System.Security.Cryptography;
using System.Text;

namespace Dlcs.Kernel.Events;

/// <summary>UUID version 5 (RFC 9562, section 5.5): the same namespace and name give the same id.</summary>
public static class NamedGuid
{
    public static Guid Of(Guid within, string name)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        var bytes = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        within.TryWriteBytes(bytes, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, bytes.AsSpan(16));
        SHA1.HashData(bytes, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}

using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.Folder;

namespace Dlcs.Write.Bodies;

/// <summary>
/// A file that comes as base64 in a body: decoded piece by piece into a file on disk, which goes when this is
/// disposed of.
/// </summary>
public sealed class Upload : IDisposable
{
    private const int Held = 8; // kept back, so that the padding is only met when all is there
    private const string Failing = "What is uploaded cannot be kept";

    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n"u8);

    private byte[] encoded = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private byte[] decoded = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream file;
    private readonly long limit;
    private int filled;
    private string? sha256;

    /// <param name="limit">Most bytes, decoded.</param>
    /// <exception cref="StorageUnavailableException">There is no room for it, or no folder.</exception>
    public Upload(string folder, long limit)
    {
        this.limit = limit;
        file = Disk.Try(Failing, () =>
        {
            Directory.CreateDirectory(folder);
            return UploadSweep.Files(folder).Begin();
        });
        Name = Path.GetFileNameWithoutExtension(file.Name);
    }

    /// <summary>Stands for it in the body. No client can guess it, and so mean a file that it did not send there.
    /// </summary>
    public string Name { get; }

    public long Bytes { get; private set; }

    /// <summary>What is wrong with it; goes on where the field's name ends.</summary>
    public string? Fault { get; private set; }

    public bool IsTooLarge { get; private set; }

    /// <exception cref="StorageUnavailableException">There is no room for it.</exception>
    public void Write(ReadOnlySpan<byte> base64)
    {
        while (!base64.IsEmpty && Fault is null)
        {
            var taken = Math.Min(base64.Length, encoded.Length - filled);
            taken = base64[..taken].IndexOfAny(Blanks) is >= 0 and var blank ? blank : taken;
            base64[..taken].CopyTo(encoded.AsSpan(filled));
            filled += taken;
            base64 = base64[taken..];
            if (base64 is [var next, ..] && Blanks.Contains(next)) base64 = base64[1..]; // line breaks
            if (filled == encoded.Length) Decode(filled - Held, isFinal: false);
        }
    }

    /// <summary>No more comes.</summary>
    /// <exception cref="StorageUnavailableException">There is no room for it.</exception>
    public void End()
    {
        if (Fault is null) Decode(filled, isFinal: true);
        if (Fault is null && Bytes == 0) Fault = "is empty";
        sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        ReturnBuffers(); // the next one of the request needs some too
    }

    public void Spoil(string fault) => Fault ??= fault;

    /// <summary>Puts the file into storage under the hash of its content.</summary>
    public async Task<StoredUpload> Store(IStorage storage, int customer, CancellationToken ct)
    {
        var key = StorageKey.Of(customer, "uploads", sha256!, "bin");
        await storage.Put(key, file.Name, ct);
        return new(key.Value, Bytes, sha256!);
    }

    public void Dispose()
    {
        File.Delete(file.Name);
        file.Dispose();
        hash.Dispose();
        ReturnBuffers();
    }

    private void ReturnBuffers()
    {
        if (encoded is []) return;
        ArrayPool<byte>.Shared.Return(encoded);
        ArrayPool<byte>.Shared.Return(decoded);
        encoded = decoded = [];
    }

    private void Decode(int length, bool isFinal)
    {
        var status = Base64.DecodeFromUtf8(encoded.AsSpan(0, length), decoded, out var read, out var written, isFinal);
        if (status is OperationStatus.InvalidData || (isFinal && status is not OperationStatus.Done))
        {
            Fault = "is not base64";
            return;
        }

        encoded.AsSpan(read, filled - read).CopyTo(encoded);
        filled -= read;
        Bytes += written;
        IsTooLarge = Bytes > limit;
        if (IsTooLarge) Fault = $"is over {limit} bytes";
        if (Fault is not null) return;

        hash.AppendData(decoded, 0, written);
        Disk.Try(Failing, () => file.Write(decoded, 0, written));
    }
}

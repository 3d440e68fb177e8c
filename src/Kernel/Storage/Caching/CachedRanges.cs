using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Dlcs.Kernel.Storage.Folder;
using Microsoft.Win32.SafeHandles;

namespace Dlcs.Kernel.Storage.Caching;

/// <summary>
/// Ranges of objects as files: <c>{key}/@{offset}-{length}</c>, a checksum before the bytes. A file is written beside
/// the others and renamed, and checked when it is opened, so that it counts whole or not at all. When it was last used
/// is its time of modification.
/// </summary>
internal sealed class CachedRanges : IDisposable
{
    private const int Header = 16;
    private const ulong Mark = 0x31_52_53_43_4c_44; // DLCSR1: this layout
    private const int Handles = 1024;

    /// <summary>Every so many hits, the file that is hit is marked as used: those that are used often are marked often.
    /// </summary>
    private const int HitsPerMark = 16;

    private readonly string root;
    private readonly TimeProvider time;
    private readonly Incoming incoming;
    private readonly OpenFiles open = new(Handles, IsWhole);
    private int hits;

    /// <param name="root">Made when it is not there.</param>
    /// <exception cref="StorageUnavailableException">The folder cannot be made or written to.</exception>
    public CachedRanges(string root, TimeProvider time)
    {
        (this.root, this.time) = (Path.GetFullPath(root), time);
        var half = Path.Combine(this.root, ".incoming"); // no key begins with a dot
        incoming = new(half);
        Disk.Try($"The cache {this.root} cannot be used", () =>
        {
            Directory.CreateDirectory(half);
            RemoveLeftovers();
        });
    }

    /// <summary>Fills <paramref name="into"/> when that range is kept.</summary>
    public bool TryRead(StorageKey key, long offset, Span<byte> into)
    {
        var path = PathOf(key, offset, into.Length);
        try
        {
            if (open.Get(path) is not { } file) return false;
            if (RandomAccess.Read(file, into, Header) == into.Length)
            {
                if (Interlocked.Increment(ref hits) % HitsPerMark is 0)
                    File.SetLastWriteTimeUtc(file, time.GetUtcNow().UtcDateTime);
                return true;
            }

            Drop(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // It is read from where it comes from.
        }

        return false;
    }

    /// <returns>Bytes of disk that it takes.</returns>
    /// <exception cref="IOException">The disk is full or broken; nothing is kept.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not ours any more.</exception>
    public long Keep(StorageKey key, long offset, ReadOnlyMemory<byte> bytes)
    {
        var path = PathOf(key, offset, bytes.Length);
        using var half = incoming.Begin();
        try
        {
            var header = new byte[Header];
            BinaryPrimitives.WriteUInt64LittleEndian(header, Mark);
            BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(8), Sum(path, bytes.Span));
            half.Write(header);
            half.Write(bytes.Span);
            File.SetLastWriteTimeUtc(half.SafeFileHandle, time.GetUtcNow().UtcDateTime);
            Move(half.Name, path);
            open.Forget(path);
            return Eviction.OnDisk(Header + bytes.Length);
        }
        finally
        {
            File.Delete(half.Name);
        }
    }

    /// <summary>Bytes that are free on the disk.</summary>
    public long Free => new DriveInfo(root).AvailableFreeSpace;

    /// <summary>Forgets all ranges of an object.</summary>
    public void Drop(StorageKey key)
    {
        var folder = Path.Combine(root, key.Value);
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.EnumerateFiles(folder, "@*")) Drop(file);
    }

    /// <summary>Deletes what was not used for longest until at most so many bytes are left.</summary>
    /// <returns>Bytes that are left.</returns>
    public long Shrink(long most, CancellationToken ct) => Eviction.Shrink(root, most, Drop, ct);

    /// <summary>Deletes what processes that died left half written.</summary>
    public void RemoveLeftovers() => incoming.Sweep();

    public void Dispose() => open.Dispose();

    private string PathOf(StorageKey key, long offset, int length) =>
        string.Create(CultureInfo.InvariantCulture, $"{root}/{key.Value}/@{offset}-{length}");

    /// <summary>A file that is not is deleted.</summary>
    private static bool IsWhole(string path, SafeFileHandle file)
    {
        var length = Header + int.Parse(path.AsSpan(path.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var kept = buffer.AsSpan(0, RandomAccess.Read(file, buffer.AsSpan(0, length), 0));
            if (kept.Length == length && BinaryPrimitives.ReadUInt64LittleEndian(kept) is Mark
                && BinaryPrimitives.ReadUInt64LittleEndian(kept[8..]) == Sum(path, kept[Header..])) return true;

            File.Delete(path);
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Of the bytes and of the range that they are.</summary>
    private static ulong Sum(string path, ReadOnlySpan<byte> bytes)
    {
        var name = MemoryMarshal.AsBytes(Path.GetFileName(path.AsSpan()));
        return XxHash3.HashToUInt64(bytes, (long)XxHash3.HashToUInt64(name));
    }

    /// <summary>The folder may be made, or taken away because it was empty, by others at the same time.</summary>
    private static void Move(string from, string to)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                File.Move(from, to, overwrite: true);
                return;
            }
            catch (DirectoryNotFoundException) when (tries < 10)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            }
        }
    }

    private void Drop(string path)
    {
        File.Delete(path);
        open.Forget(path);
    }
}

using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Dlcs.Kernel.Storage.Folder;

/// <summary>Files and folders that are on the disk when the call returns, not only in the kernel's memory.</summary>
public static class Disk
{
    /// <param name="sentence">Says, without its end, what cannot be done.</param>
    /// <exception cref="StorageUnavailableException">The disk is full, broken, read-only or not ours.</exception>
    public static void Try(string sentence, Action act) => Try<object?>(sentence, () =>
    {
        act();
        return null;
    });

    /// <inheritdoc cref="Try(string, Action)"/>
    public static T Try<T>(string sentence, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(sentence, e);
        }
    }

    internal static StorageUnavailableException Unavailable(string sentence, Exception e) =>
        new($"{sentence}: {e.Message}", e) { Reason = e.Message };

    internal static void CopySynced(string from, FileStream to)
    {
        const int piece = 1 << 20; // bytes; the files are large
        using (var source = new FileStream(
            from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0))
            source.CopyTo(to, piece);
        to.Flush(flushToDisk: true);
    }

    /// <summary>Renames; what is at <paramref name="to"/> is replaced. Folders on the way are made.</summary>
    internal static void MoveSynced(string from, string to)
    {
        var changed = new Stack<string>();
        var folder = Path.GetDirectoryName(to)!;
        for (changed.Push(folder); !Directory.Exists(folder); changed.Push(folder))
            folder = Path.GetDirectoryName(folder)!;

        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Move(from, to, overwrite: true);
        foreach (var each in changed) SyncFolder(each);
    }

    /// <summary>.NET opens no folders, so this asks the C library.</summary>
    private static void SyncFolder(string folder)
    {
        const int readOnly = 0; // O_RDONLY
        var descriptor = open([.. Encoding.UTF8.GetBytes(folder), 0], readOnly);
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (handle.IsInvalid || fsync(descriptor) is not 0)
            throw new IOException($"{folder} could not be synced: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int descriptor);
}

using Microsoft.Win32.SafeHandles;

namespace Dlcs.Kernel.Storage.Folder;

/// <summary>
/// Handles that stay open between reads; the one that was not used for longest gives way. A read that runs while its
/// handle is closed here ends well: the handle itself counts its users.
/// </summary>
/// <param name="isGood">Looks at a file just opened; one that is not good counts as not there. <c>null</c>: all are.
/// </param>
internal sealed class OpenFiles(int capacity, Func<string, SafeFileHandle, bool>? isGood = null) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Path, SafeFileHandle Handle)>> byPath = [];
    private readonly LinkedList<(string Path, SafeFileHandle Handle)> latestFirst = [];

    /// <summary>A handle for reading, not to be closed; <c>null</c> when there is no such file.</summary>
    public SafeFileHandle? Get(string path)
    {
        lock (gate)
        {
            if (byPath.TryGetValue(path, out var node))
            {
                if (node != latestFirst.First)
                {
                    latestFirst.Remove(node);
                    latestFirst.AddFirst(node);
                }

                return node.Value.Handle;
            }
        }

        if (Open(path) is not { } handle) return null;
        if (isGood is null || isGood(path, handle)) return Keep(path, handle);

        handle.Dispose();
        return null;
    }

    public void Forget(string path)
    {
        lock (gate)
        {
            if (!byPath.Remove(path, out var node)) return;
            latestFirst.Remove(node);
            node.Value.Handle.Dispose();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var (_, handle) in latestFirst) handle.Dispose();
            latestFirst.Clear();
            byPath.Clear();
        }
    }

    private SafeFileHandle Keep(string path, SafeFileHandle handle)
    {
        lock (gate)
        {
            if (byPath.TryGetValue(path, out var winner))
            {
                handle.Dispose();
                return winner.Value.Handle;
            }

            byPath[path] = latestFirst.AddFirst((path, handle));
            if (byPath.Count > capacity) Forget(latestFirst.Last!.Value.Path);
            return handle;
        }
    }

    /// <summary>Sharing everything spares the lock that .NET would take on the file.</summary>
    private static SafeFileHandle? Open(string path)
    {
        try
        {
            return File.OpenHandle(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}

using System.IO.Enumeration;

namespace Dlcs.Kernel.Storage.Caching;

/// <summary>
/// Makes a folder smaller, oldest files first. It is walked twice, to add up what is how old and then to delete, so
/// that memory does not grow with the number of files.
/// </summary>
internal static class Eviction
{
    private const long Block = 4096;

    /// <summary>How finely ages are told apart, as 2^n ticks: about 1.7 seconds.</summary>
    private const int Grain = 24;

    /// <param name="drop">Deletes one file.</param>
    /// <returns>Bytes that are left, counted as disks do: in blocks.</returns>
    public static long Shrink(string root, long most, Action<string> drop, CancellationToken ct)
    {
        var ages = new SortedDictionary<long, long>();
        foreach (var (_, bytes, age) in Files(root, withPath: false))
        {
            ct.ThrowIfCancellationRequested();
            ages[age] = ages.GetValueOrDefault(age) + bytes;
        }

        var left = ages.Values.Sum();
        var (excess, oldest) = (left - most, long.MinValue);
        if (excess <= 0) return left;

        foreach (var (age, bytes) in ages)
        {
            oldest = age;
            if ((excess -= bytes) <= 0) break;
        }

        foreach (var (path, bytes, age) in Files(root, withPath: true))
        {
            ct.ThrowIfCancellationRequested();
            if (age > oldest || left <= most) continue;
            drop(path);
            left -= bytes;
            RemoveIfEmpty(Path.GetDirectoryName(path)!);
        }

        return left;
    }

    /// <summary>What a file of so many bytes takes.</summary>
    public static long OnDisk(long bytes) => (bytes + Block - 1) / Block * Block;

    private static FileSystemEnumerable<(string Path, long Bytes, long Age)> Files(string root, bool withPath) => new(
        root,
        (ref entry) => (
            withPath ? entry.ToFullPath() : "",
            OnDisk(entry.Length),
            entry.LastWriteTimeUtc.Ticks >> Grain),
        new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        })
    {
        ShouldRecursePredicate = (ref entry) => !entry.FileName.StartsWith('.'),
        ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && entry.FileName.StartsWith('@'),
    };

    private static void RemoveIfEmpty(string folder)
    {
        try
        {
            if (!Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
        }
        catch (IOException)
        {
            // Someone has just put something there, or taken it away.
        }
    }
}

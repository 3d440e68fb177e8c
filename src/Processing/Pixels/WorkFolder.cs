namespace Dlcs.Processing.Pixels;

/// <summary>
/// A folder for the files of one piece of work; it goes when the work ends, however it ends. A lock that dies with its
/// process tells the folders of the living from what a crash left behind.
/// </summary>
public sealed class WorkFolder : IDisposable
{
    private const string LockName = ".lock";
    private readonly FileStream held;

    private WorkFolder(string path, FileStream held) => (Path, this.held) = (path, held);

    public string Path { get; }

    /// <param name="parent">Made when it is not there.</param>
    public static WorkFolder Make(string parent)
    {
        var path = System.IO.Path.Combine(parent, System.IO.Path.GetRandomFileName());
        Directory.CreateDirectory(path);
        return new(path, Lock(path, FileMode.CreateNew));
    }

    /// <summary>Removes the folders of processes that are gone; to be called at start.</summary>
    /// <returns>How many there were.</returns>
    public static int RemoveOrphans(string parent, TimeProvider time)
    {
        if (!Directory.Exists(parent)) return 0;
        var justMade = time.GetUtcNow().UtcDateTime.AddMinutes(-1); // perhaps its lock is still to come
        return new DirectoryInfo(parent).GetDirectories()
            .Count(folder => folder.LastWriteTimeUtc < justMade && Remove(folder));
    }

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
        held.Dispose();
    }

    private static bool Remove(DirectoryInfo folder)
    {
        try
        {
            using var orphan = Lock(folder.FullName, FileMode.OpenOrCreate);
            folder.Delete(recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false; // its owner lives, or another process was faster
        }
    }

    private static FileStream Lock(string folder, FileMode mode) =>
        new(System.IO.Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None);
}

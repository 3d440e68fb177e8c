using System.Globalization;

namespace Dlcs.Processing.Images;

/// <summary>
/// Folders for the files of running jobs. Each process has its own below the common one and holds a lock in it, which
/// ends with the process: what nobody holds is left over from a crash, and swept.
/// </summary>
internal sealed class WorkFolders : IDisposable
{
    private const string LockName = "lock";
    private readonly string mine;
    private readonly FileStream held;
    private int jobs;

    /// <summary>Makes this process's folder below <paramref name="root"/> and sweeps those of the dead.</summary>
    public WorkFolders(string root)
    {
        Directory.CreateDirectory(root);
        Sweep(root);
        (mine, held) = Claim(root, triesLeft: 3);
    }

    /// <summary>A folder for one job; it goes when this is disposed of.</summary>
    public WorkFolder New() => new(Directory.CreateDirectory(Path.Combine(
        mine, Interlocked.Increment(ref jobs).ToString(CultureInfo.InvariantCulture))).FullName);

    public void Dispose()
    {
        held.Dispose();
        try
        {
            Directory.Delete(mine, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A job that was still ending removed its own folder meanwhile; the next start sweeps what is left.
        }
    }

    private static (string, FileStream) Claim(string root, int triesLeft)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, Path.GetRandomFileName())).FullName;
        try
        {
            return (folder, Hold(folder));
        }
        catch (IOException) when (triesLeft > 0)
        {
            return Claim(root, triesLeft - 1); // another process, just starting, swept it before it was held
        }
    }

    private static void Sweep(string root)
    {
        foreach (var folder in Directory.GetDirectories(root))
        {
            try
            {
                Hold(folder).Dispose();
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process works there, or another user left it.
            }
        }
    }

    private static FileStream Hold(string folder) =>
        new(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}

/// <summary>A job's own folder, as long as it runs.</summary>
internal sealed record WorkFolder(string Path) : IDisposable
{
    /// <summary>A file of that name within.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The process stops, and its folders went already. That must not pass for a failure of the job.
        }
    }
}

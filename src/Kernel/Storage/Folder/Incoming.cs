namespace Dlcs.Kernel.Storage.Folder;

/// <summary>
/// Files that are not whole yet. Whoever writes one holds a shared lock on it until the end: that tells it from what a
/// crash left, whichever of the processes that share the folder it was. It keeps no reader out once the file is in its
/// place.
/// </summary>
/// <param name="folder">Is there.</param>
/// <param name="suffix">Of their names; whatever else is in the folder is let be.</param>
public sealed class Incoming(string folder, string suffix = "")
{
    /// <summary>The longest pause between two beginnings: others that start sweep once each.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>A new file, its own until it is closed.</summary>
    public FileStream Begin() => Begin(pause: TimeSpan.FromMilliseconds(1));

    /// <summary>Takes away what nobody writes.</summary>
    public void Sweep()
    {
        foreach (var file in Directory.EnumerateFiles(folder, $"*{suffix}")) Remove(file);
    }

    private FileStream Begin(TimeSpan pause)
    {
        var last = pause > LongestPause;
        try
        {
            var file = new FileStream(
                Path.Combine(folder, $"{Guid.CreateVersion7():N}{suffix}"), FileMode.CreateNew, FileAccess.Write,
                FileShare.Read, bufferSize: 0);
            if (File.Exists(file.Name)) return file;
            file.Dispose(); // it was swept before it was held
        }
        catch (IOException) when (!last)
        {
            // It is being swept just now.
        }
        if (last) throw new IOException($"{folder} is swept all the time");
        Thread.Sleep(pause);
        return Begin(pause * 2);
    }

    /// <summary>While it is held here: whoever has just begun it finds that it is gone.</summary>
    private static void Remove(string file)
    {
        try
        {
            using var alone = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another writes it, or has just ended, or owns it.
        }
    }
}

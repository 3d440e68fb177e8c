namespace Dlcs.Integration.Servers;

internal static class Folders
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Removes a folder, if it is there, in which what has just ended may still be writing.</summary>
    public static void Remove(string path)
    {
        for (var tries = 1; Directory.Exists(path); tries++)
        {
            try
            {
                Directory.Delete(path, recursive: true);
            }
            catch (IOException) when (tries < 50)
            {
                Thread.Sleep(Pause); // most that have a folder are disposed of where nothing is awaited
            }
        }
    }
}

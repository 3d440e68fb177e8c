namespace Dlcs.Host.Commands;

internal static class DataFolder
{
    /// <summary>Makes it when there is none, for its owner and whom the database runs as.</summary>
    /// <exception cref="SettingException">It cannot be made or written to.</exception>
    public static void Prepare(string data)
    {
        try
        {
            Directory.CreateDirectory(data);
            var probe = Path.Combine(data, $".writable-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(
                $"The data folder {data} cannot be written to ({e.Message}): name another one with --data.");
        }
    }
}

namespace Dlcs.Host.Commands;

internal static class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Who runs the database for root has to pass through, and sees nothing.</summary>
    private static UnixFileMode Mode => Environment.IsPrivilegedProcess
        ? OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : OwnerOnly;

    /// <summary>
    /// Makes it when there is none, and what pictures lie in below it, for its owner alone: they may be closed to the
    /// public. What is there already stays as it is.
    /// </summary>
    /// <exception cref="SettingException">It cannot be made or written to.</exception>
    public static void Prepare(HostSettings settings)
    {
        var data = settings.Data;
        var pixels = settings.S3 is null ? settings.Storage : settings.Cache;
        try
        {
            Make(data, Mode);
            foreach (var folder in (string[])[pixels, settings.Uploads, settings.Work])
                if (folder.StartsWith(data + "/", StringComparison.Ordinal)) Make(folder, OwnerOnly);
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

    private static void Make(string folder, UnixFileMode mode)
    {
        if (!Directory.Exists(folder)) Directory.CreateDirectory(folder, mode);
    }
}

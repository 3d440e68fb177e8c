namespace Dlcs.Host.Embedded;

/// <summary>
/// <c>postmaster.pid</c> names the process that a cluster belongs to. After a crash the number may be another
/// program's, which PostgreSQL takes for its own: in a container that is the rule.
/// </summary>
internal static class PostgresLock
{
    private const string Name = "postmaster.pid";

    /// <summary>Whether the process that is named there is the one that wrote it.</summary>
    public static bool Lives(string cluster) =>
        Read(Path.Combine(cluster, Name)) is { Length: > 0 } here
        && here.Split('\n')[0] is var process
        && Read($"/proc/{process}/cwd/{Name}") == here;

    /// <summary>The folder of its socket, the fifth line; <c>null</c>: it has none yet.</summary>
    public static string? Socket(string cluster) =>
        Read(Path.Combine(cluster, Name))?.Split('\n') is [_, _, _, _, { Length: > 0 } socket, _, ..] ? socket : null;

    public static void RemoveStale(string cluster, string socket)
    {
        File.Delete(Path.Combine(cluster, Name));
        foreach (var leftover in Directory.GetFiles(socket, ".s.PGSQL.*")) File.Delete(leftover);
    }

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

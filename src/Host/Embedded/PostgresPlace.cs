using System.Security.Cryptography;
using System.Text;

namespace Dlcs.Host.Embedded;

/// <summary>
/// Where a cluster can live: below the data folder, where everything else is. Its user cannot enter a folder that only
/// root may enter; then it goes to <c>/var/lib/dlcs</c>, and a file in the data folder says so.
/// </summary>
internal static class PostgresPlace
{
    /// <summary>A socket's path has 107 bytes at most, its name included.</summary>
    private const int LongestSocketFolder = 85;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <exception cref="IOException">There is no such place, or the database that was here is gone.</exception>
    public static async Task<string> Find(string data, CancellationToken ct)
    {
        var wanted = Path.Combine(data, "postgres");
        var note = Path.Combine(data, "postgres.is-in");
        if (File.Exists(note))
        {
            var noted = (await File.ReadAllTextAsync(note, ct)).Trim();
            return Directory.Exists(noted) ? noted
                : throw new IOException($"The database of {data} was in {noted} (so says {note}), which is gone.");
        }

        var madeBefore = Directory.Exists(Path.Combine(wanted, "cluster"));
        if (await Prepare(wanted, ct)) return wanted;
        if (madeBefore)
            throw new IOException($"PostgreSQL's user may no longer enter {wanted}, where its database is.");

        var elsewhere = $"/var/lib/dlcs/{Hash(data)}";
        if (!await Prepare(elsewhere, ct))
            throw new IOException($"PostgreSQL's user may enter neither {wanted} nor {elsewhere}.");
        Directory.CreateDirectory(data);
        WholeFile.Write(note, elsewhere + "\n");
        return elsewhere;
    }

    /// <summary>The folder for the socket: in the cluster's own, or where the path is short enough.</summary>
    public static async Task<string> Socket(string folder, CancellationToken ct)
    {
        var inside = Path.Combine(folder, "run");
        var chosen = TooLong(inside) ? Path.Combine(Path.GetTempPath(), $"dlcs-{Hash(folder)}") : inside;
        if (!Directory.Exists(chosen)) await PostgresUser.Execute(["mkdir", "-p", "-m", "700", chosen], ct);
        return await PostgresUser.Execute(["test", "-O", chosen], ct) is (0, _)
            ? chosen : throw new IOException($"{chosen}, where PostgreSQL's socket goes, belongs to another user.");
    }

    private static bool TooLong(string socketFolder) => Encoding.UTF8.GetByteCount(socketFolder) > LongestSocketFolder;

    private static async Task<bool> Prepare(string folder, CancellationToken ct)
    {
        if (Environment.IsPrivilegedProcess && TooLong(Path.Combine(folder, "run"))) return false;
        if (Environment.IsPrivilegedProcess) await MustNotBeAnothers(folder, ct);
        try
        {
            Directory.CreateDirectory(folder);
            File.SetUnixFileMode(folder, OwnerOnly);
        }
        catch (UnauthorizedAccessException)
        {
            throw new IOException(
                $"{folder} belongs to another user: start as that user, or name another folder with --data.");
        }

        if (!Environment.IsPrivilegedProcess) return true;
        await PostgresUser.ExecuteAsSelf(["chown", $"{PostgresUser.Name}:", folder], ct);
        if (await PostgresUser.Execute(["test", "-w", folder], ct) is (0, _)) return true;
        if (Directory.GetFileSystemEntries(folder) is []) Directory.Delete(folder);
        return false;
    }

    /// <summary>Root could take away a database that runs as the user who started it.</summary>
    private static async Task MustNotBeAnothers(string folder, CancellationToken ct)
    {
        var cluster = Path.Combine(folder, "cluster");
        var made = Directory.Exists(cluster);
        if (!made && (!Directory.Exists(folder) || Directory.GetFileSystemEntries(folder) is [])) return;

        var owner = await PostgresUser.OwnerOf(made ? cluster : folder, ct);
        if (owner is PostgresUser.Name || (owner is PostgresUser.Root && !made)) return;
        throw new IOException(owner is not PostgresUser.Root
            ? $"The database in {folder} belongs to {owner}: start as that user."
            : $"{cluster} belongs to root, as whom PostgreSQL does not run: chown -R {PostgresUser.Name}: {folder}");
    }

    private static string Hash(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..12];
}

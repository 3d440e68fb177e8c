using System.Globalization;

namespace Dlcs.Host.Embedded;

/// <summary>The programs of one installed PostgreSQL.</summary>
internal sealed record PostgresBinaries(string Folder)
{
    private const string Debian = "/usr/lib/postgresql";

    public string this[string program] => Path.Combine(Folder, program);

    /// <summary>The version that made the cluster; the newest when there is none yet.</summary>
    /// <param name="versionFile">The cluster's <c>PG_VERSION</c>.</param>
    /// <exception cref="PostgresMissingException">It is not installed.</exception>
    public static PostgresBinaries For(string versionFile) =>
        Choose(File.Exists(versionFile) ? File.ReadAllText(versionFile).Trim() : null, Installed());

    /// <param name="made">The version that made the cluster; <c>null</c>: there is none yet.</param>
    /// <param name="installed">Newest first. Outside Debian's folders the version is not known: it may fit.</param>
    internal static PostgresBinaries Choose(string? made, IEnumerable<PostgresBinaries> installed) =>
        installed.FirstOrDefault(b => made is null || b.Version is null || b.Version == made)
        ?? throw new PostgresMissingException(made);

    private string? Version => Folder.StartsWith(Debian, StringComparison.Ordinal)
        ? Path.GetFileName(Path.GetDirectoryName(Folder)) : null;

    /// <summary>Newest first. Debian keeps each version in a folder of its own; elsewhere it is on the path.</summary>
    private static List<PostgresBinaries> Installed()
    {
        var versions = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        return [.. versions.OrderByDescending(Number).Select(v => Path.Combine(v, "bin")).Concat(onPath)
            .Where(bin => File.Exists(Path.Combine(bin, "initdb")) && File.Exists(Path.Combine(bin, "pg_ctl")))
            .Select(bin => new PostgresBinaries(bin))];
    }

    private static double Number(string folder) =>
        double.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0;
}

/// <param name="made">The version that a cluster was made with; <c>null</c>: any will do.</param>
public sealed class PostgresMissingException(string? made = null) : Exception(made is null
    ? "PostgreSQL is not installed: apt-get install postgresql, or name a server in ConnectionStrings__Postgres."
    : $"The database was made with PostgreSQL {made}, which is not installed: apt-get install postgresql-{made}.");

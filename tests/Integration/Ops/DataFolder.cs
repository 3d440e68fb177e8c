using Dlcs.Host.Embedded;
using Dlcs.Integration.Servers;
using Npgsql;

namespace Dlcs.Integration.Ops;

/// <summary>A data folder of a test's own, which other users may enter.</summary>
internal sealed class DataFolder : IDisposable
{
    public const UnixFileMode Open = (UnixFileMode)0b111_101_101;

    /// <param name="within">A folder that is there; <c>null</c>: where temporary files go.</param>
    public DataFolder(string? within = null)
    {
        Path = within is null ? Directory.CreateTempSubdirectory("dlcs-ops-").FullName
            : Directory.CreateDirectory(System.IO.Path.Combine(within, $"{Guid.CreateVersion7()}")).FullName;
        File.SetUnixFileMode(Path, Open);
    }

    public string Path { get; }

    /// <summary>Where the database went, when not below the folder; it is removed, too.</summary>
    public string? Elsewhere { get; set; }

    public static async Task<object?> Ask(PrivatePostgres postgres, string query)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(query, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (Elsewhere is not null) Folders.Remove(Elsewhere);
        Folders.Remove(Path);
    }
}

namespace Dlcs.Host.Commands;

/// <summary>Commands that need the database and no host.</summary>
internal static class OwnDatabase
{
    /// <summary>With the database of a data folder: the one that runs, else started meanwhile.</summary>
    public static async Task<int> Use(HostSettings settings, Func<HostSettings, Task<int>> work, CancellationToken ct)
    {
        if (settings.Postgres is not null) return await work(settings);

        if (!Directory.Exists(settings.Data))
            throw new SettingException($"There is no data folder {settings.Data}: name one with --data.");
        var postgres = await Embedded.PrivatePostgres.Start(settings.Data, ct: ct);
        try
        {
            return await work(settings with { Postgres = postgres.ConnectionString });
        }
        finally
        {
            await postgres.Stop(CancellationToken.None);
        }
    }
}

using Npgsql;

namespace Dlcs.Benchmarks.Loading;

/// <summary>
/// Some minutes after much was written, by another process than the one that asks: PostgreSQL has cleaned up and
/// written what that left.
/// </summary>
internal static class Settling
{
    public static async Task Settle(NpgsqlDataSource database, CancellationToken ct)
    {
        database.Clear();
        GC.Collect();
        foreach (var act in (string[])["vacuum analyze", "checkpoint"])
        {
            await using var command = database.CreateCommand(act);
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}

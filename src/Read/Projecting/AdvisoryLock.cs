using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>
/// A lock in PostgreSQL that one process holds for as long as its connection lives: it is free again at once when the
/// process dies.
/// </summary>
internal sealed class AdvisoryLock : IAsyncDisposable
{
    private readonly string name;

    private AdvisoryLock(NpgsqlConnection connection, string name) => (Connection, this.name) = (connection, name);

    public NpgsqlConnection Connection { get; }

    /// <param name="what">What only one may do at a time; never from a client.</param>
    /// <returns><c>null</c>: another holds it.</returns>
    public static async Task<AdvisoryLock?> Try(ReadStore store, string what, CancellationToken ct)
    {
        var name = $"hashtext('{store.Schema}'), hashtext('{what}')";
        var connection = await store.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = new NpgsqlCommand(
                $"{Kernel.Database.WatchesItsClient}; select pg_try_advisory_lock({name})", connection);
            if (await command.ExecuteScalarAsync(ct) is true) return new(connection, name);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var command = new NpgsqlCommand($"select pg_advisory_unlock({name})", Connection);
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The connection is gone, and the lock with it.
        }
        await Connection.DisposeAsync();
    }
}

using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.Marten;
using Npgsql;
using NpgsqlTypes;

namespace Dlcs.Integration.Log;

/// <summary>One database with a log in it, and a way to it past the adapter.</summary>
public sealed class MartenServer(Postgres postgres) : IAsyncLifetime
{
    private NpgsqlDataSource? direct;

    public string ConnectionString { get; private set; } = "";

    public NpgsqlDataSource Direct => direct!;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await postgres.NewDatabase();
        direct = NpgsqlDataSource.Create(ConnectionString);
    }

    public ValueTask DisposeAsync() => Direct.DisposeAsync();

    public MartenEventStore Open(string prefix) => new(ConnectionString, new LogSettings { Prefix = prefix });

    /// <summary>Marten's own function, within a transaction of the caller's.</summary>
    public static async Task<long> Append(NpgsqlConnection connection, string prefix, StreamName stream, SealedEvent e)
    {
        await using var command = new NpgsqlCommand(
            """
            select (log.mt_quick_append_events(
                $1, null, '*DEFAULT*', array[$2], array[$3], array[null::varchar], array[$4], array[null::bytea],
                array[$5]))[2]
            """,
            connection);
        command.Parameters.Add(new() { Value = $"{prefix}:{stream}" });
        command.Parameters.Add(new() { Value = e.Id });
        command.Parameters.Add(new() { Value = e.Type, NpgsqlDbType = NpgsqlDbType.Varchar });
        command.Parameters.Add(new() { Value = e.Data, NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = e.Metadata, NpgsqlDbType = NpgsqlDbType.Jsonb });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async Task<T> Query<T>(string sql)
    {
        await using var command = Direct.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}

using System.Globalization;
using Npgsql;

[assembly: AssemblyFixture(typeof(Dlcs.Integration.Servers.Postgres))]

namespace Dlcs.Integration.Servers;

/// <summary>One PostgreSQL for the whole run, started here; each test class takes a database of its own.</summary>
public sealed class Postgres : IAsyncLifetime
{
    private static int databases;
    private OwnPostgres? server;

    /// <summary>A fresh, empty database.</summary>
    public async Task<string> NewDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");
        await using var connection = new NpgsqlConnection(server!.ConnectionString);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name}", connection);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Database = name,
            ConnectionIdleLifetime = 10, // hundreds of databases share the server's connections
            ConnectionPruningInterval = 5,
        }.ConnectionString;
    }

    public async ValueTask InitializeAsync() => server = await OwnPostgres.Started();

    public ValueTask DisposeAsync() => server!.DisposeAsync();
}

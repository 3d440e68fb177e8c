using JasperFx;
using Marten;
using Npgsql;

namespace Dlcs.Kernel.Events.Marten;

/// <summary>Marten's tables and the log's identity, made when it is first used, by one process at a time.</summary>
internal sealed class LogSchema(IDocumentStore store, NpgsqlDataSource source, LogSettings settings)
{
    private readonly SharedAttempt<Guid> made =
        new(() => Failures.Reading(source, () => Make(store, source, settings)));

    /// <exception cref="LogUnavailableException">PostgreSQL is away.</exception>
    public ValueTask<Guid> Ready(CancellationToken ct) => made.Get(ct);

    private static async Task<Guid> Make(IDocumentStore store, NpgsqlDataSource source, LogSettings settings)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Execute(
            connection,
            $"""
            set local idle_in_transaction_session_timeout = 0;
            select pg_advisory_xact_lock(hashtext('dlcs log {settings.Schema}'))
            """);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        var id = await Execute(
            connection,
            $"""
            create table if not exists {settings.Table("dlcs_log")} (
                id uuid not null, alone bool primary key default true check (alone));
            insert into {settings.Table("dlcs_log")} (id) values (gen_random_uuid()) on conflict do nothing;
            select id from {settings.Table("dlcs_log")}
            """);
        await transaction.CommitAsync();
        return (Guid)id!;
    }

    private static async Task<object?> Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}

using System.Runtime.CompilerServices;
using JasperFx;
using Marten;
using Npgsql;

namespace Dlcs.Kernel.Events.Marten;

/// <summary>Marten's tables and the log's identity, made when the log is first used, by one process at a time.</summary>
internal sealed class LogSchema(IDocumentStore store, NpgsqlDataSource source, LogSettings settings) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private StrongBox<Guid>? identity;

    public void Dispose() => gate.Dispose();

    /// <exception cref="LogUnavailableException">PostgreSQL is away; the next call tries again.</exception>
    public async ValueTask<Guid> Ready(CancellationToken ct)
    {
        if (identity is { } known) return known.Value;

        await gate.WaitAsync(ct);
        try
        {
            identity ??= new(await Make(ct));
            return identity.Value;
        }
        catch (Exception e) when (Failures.Passes(e))
        {
            throw Failures.Unavailable(e);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<Guid> Make(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Execute(
            connection,
            $"""
            set local idle_in_transaction_session_timeout = 0;
            select pg_advisory_xact_lock(hashtext('dlcs log {settings.Schema}'))
            """,
            ct);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        var id = await Execute(
            connection,
            $"""
            create table if not exists {settings.Table("dlcs_log")} (
                id uuid not null, alone bool primary key default true check (alone));
            insert into {settings.Table("dlcs_log")} (id) values (gen_random_uuid()) on conflict do nothing;
            select id from {settings.Table("dlcs_log")}
            """,
            ct);
        await transaction.CommitAsync(ct);
        return (Guid)id!;
    }

    private static async Task<object?> Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }
}

using Dlcs.Host;
using Dlcs.Integration.Servers;
using Npgsql;

namespace Dlcs.Integration.BadDays;

/// <summary>A database of a real PostgreSQL, with a user of its own, at the end of a line.</summary>
internal sealed class SickDatabase : SickEngine
{
    private readonly string owner;
    private readonly NpgsqlConnectionStringBuilder connection;
    private readonly Line line;
    private readonly string role;

    private SickDatabase(string owner, Line line)
    {
        (this.owner, this.line) = (owner, line);
        connection = new(owner) { Host = "127.0.0.1", Port = line.Port };
        connection.Username = role = $"sick_{connection.Database}";
    }

    public override string Name => "PostgreSQL";

    public static async Task<SickDatabase> Start(Postgres postgres)
    {
        var owner = await postgres.NewDatabase();
        var database = new SickDatabase(owner, new(owner));
        await database.Do($"create role {database.role} login");
        await database.Do($"alter database {database.connection.Database} owner to {database.role}");
        return database;
    }

    public override HostSettings Lead(HostSettings settings) =>
        settings with { Postgres = connection.ConnectionString };

    public override async Task Begin(Evil evil)
    {
        switch (evil)
        {
            case Evil.Stopped:
                line.IsCut = true;
                line.Break();
                break;
            case Evil.Restarted:
                await Leave();
                break;
            case Evil.Slow:
                line.Delay = Slowness;
                break;
            case Evil.Garbage:
                line.TalksNonsense = true;
                line.Break();
                break;
            case Evil.Full:
                await IsFull(true);
                break;
            case Evil.Refusing:
                await Do($"alter role {role} nologin");
                await Leave();
                break;
        }
    }

    /// <summary>Whoever comes may only read: so hosted ones have it before the disk is full, and standbys.</summary>
    public Task OnlyRead() => Do($"alter role {role} set default_transaction_read_only = on");

    public override async Task End()
    {
        (line.IsCut, line.Delay, line.TalksNonsense) = (false, TimeSpan.Zero, false);
        await Do($"alter role {role} login");
        await Do($"alter role {role} reset default_transaction_read_only");
        await IsFull(false);
    }

    public override string Sentence(Evil evil) => evil switch
    {
        Evil.Slow => "it is slow",
        Evil.Full => "53100: could not extend file",
        Evil.Refusing => "is not permitted to log in",
        Evil.Garbage => "Received unknown response",
        _ => "Attempted to read past the end of the stream",
    };

    public override ValueTask DisposeAsync() => line.DisposeAsync();

    /// <summary>As its tables answer when the disk is full; one by one: who waits for a table holds no other.</summary>
    private async Task IsFull(bool full)
    {
        await Do("""
            create or replace function is_full() returns trigger language plpgsql as $$ begin
                raise exception 'could not extend file: No space left on device' using errcode = '53100';
            end $$
            """);
        foreach (var table in await Tables())
        {
            await Do($"drop trigger if exists is_full on {table}");
            if (!full) continue;
            await Do($"create trigger is_full before insert or update on {table} execute function is_full()");
        }
    }

    private async Task<List<string>> Tables()
    {
        await using var direct = NpgsqlDataSource.Create(owner);
        await using var query = direct.CreateCommand("""
            select format('%I.%I', schemaname, tablename) from pg_tables
            where schemaname not in ('pg_catalog', 'information_schema')
            """);
        await using var row = await query.ExecuteReaderAsync(Ct);
        var tables = new List<string>();
        while (await row.ReadAsync(Ct)) tables.Add(row.GetString(0));
        return tables;
    }

    private Task Leave() => Do($"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{role}'");

    private async Task Do(string sql)
    {
        await using var direct = new NpgsqlConnection(owner);
        await direct.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, direct);
        await command.ExecuteNonQueryAsync(Ct);
    }
}

using Dlcs.Integration.Servers;
using Dlcs.Read.Projecting;
using Npgsql;

namespace Dlcs.Integration.Read;

public sealed class OwningTheProjections(Postgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_possible_again_after_it_failed_half_way()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewDatabase());
        var store = new ReadStore(database);
        await Generations.EnsureSchema(store, Guid.CreateVersion7(), Ct);
        await Do($"alter table {store.Schema}.leases rename to away");
        await Should.ThrowAsync<PostgresException>(Lease.Take(store, ReadStore.Postgres, Ct));
        await Do($"alter table {store.Schema}.away rename to leases");

        await using var lease = await Lease.Take(store, ReadStore.Postgres, Ct).WaitAsync(TimeSpan.FromSeconds(10), Ct);

        lease.Epoch.ShouldBe(1);

        async Task Do(string sql)
        {
            await using var command = database.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(Ct);
        }
    }
}

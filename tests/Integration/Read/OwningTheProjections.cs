using Dlcs.Integration.Servers;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.Marten;
using Dlcs.Read.Projecting;
using Microsoft.Extensions.Logging.Abstractions;
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

    /// <summary>Its connection broke without a word, another took over, and it still has a page to write.</summary>
    [Fact]
    public async Task ends_for_one_whose_place_another_took()
    {
        var connection = await postgres.NewDatabase();
        await using var database = NpgsqlDataSource.Create(connection);
        await using var log = new MartenEventStore(connection, new LogSettings());
        var store = new ReadStore(database);
        await Generations.EnsureSchema(store, await log.Identity(Ct), Ct);
        await using var old = await Lease.Take(store, ReadStore.Postgres, Ct);
        await using (var lose = database.CreateCommand("""
            select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory'
                and database = (select oid from pg_database where datname = current_database())
            """))
            (await lose.ExecuteScalarAsync(Ct)).ShouldBe(1L);
        await using var taken = await Lease.Take(store, ReadStore.Postgres, Ct).WaitAsync(TimeSpan.FromSeconds(10), Ct);
        var space = new SpaceId(2, 5);
        var position = await log.Append(
            new(space.Stream, -1, [new SpaceCreated(space, Guid.Empty, "manuscripts", [], [])],
                new(Guid.CreateVersion7(), "key-1", DateTimeOffset.UnixEpoch, "test")), Ct);

        await Should.ThrowAsync<LeaseLostException>(Follow(old, Ct).WaitAsync(TimeSpan.FromSeconds(10), Ct));

        (await store.Generations(Ct)).ShouldAllBe(view => view.Position == Position.Start);
        await using (var written = database.CreateCommand($"select count(*) from {store.Schema}.spaces_1"))
            (await written.ExecuteScalarAsync(Ct)).ShouldBe(0L);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var following = Follow(taken, enough.Token);
        while ((await store.Generations(Ct)).Any(view => view.Position < position))
        {
            following.IsCompleted.ShouldBeFalse();
            await Task.Delay(10, Ct);
        }
        await enough.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(following);

        async Task Follow(Lease lease, CancellationToken ct)
        {
            var views = await store.Generations(ct);
            var running = views.Select(v => new Running(store.Projections.Single(p => p.Name == v.View), v)).ToList();
            await new Following(store, lease, running).Run(log, NullLogger.Instance, ct);
        }
    }
}

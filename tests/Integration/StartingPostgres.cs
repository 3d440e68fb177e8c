using Dlcs.Integration.Servers;
using Npgsql;

namespace Dlcs.Integration;

public sealed class StartingPostgres(Postgres postgres)
{
    [Fact]
    public async Task answers_a_query()
    {
        await using var source = NpgsqlDataSource.Create(await postgres.NewDatabase());
        await using var command = source.CreateCommand("select 1");

        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }
}

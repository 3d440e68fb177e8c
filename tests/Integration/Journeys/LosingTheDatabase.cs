using System.Net;
using Dlcs.Integration.Servers;
using Npgsql;

namespace Dlcs.Integration.Journeys;

public sealed class LosingTheDatabase(Postgres postgres, Stores stores) : IClassFixture<Stores>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/customers/1")]
    [InlineData("/customers/1/allImages")]
    [InlineData("/customers/1/queue")]
    public async Task answers_503_while_it_is_away_and_as_before_once_it_is_back(string path)
    {
        await using var dlcs = await Installation.Start(stores);
        var before = await dlcs.Get(path);

        await Allow(dlcs, connections: false);
        using (var answer = await dlcs.Api.GetAsync(new Uri(path, UriKind.Relative), Ct))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldBe(TimeSpan.FromSeconds(5));
            (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain("Nothing was lost");
        }

        await Allow(dlcs, connections: true);
        (await dlcs.Until(path, _ => true)).ToJsonString().ShouldBe(before.ToJsonString());
    }

    /// <summary>To those that are there the database goes away, and new ones it does not let in.</summary>
    private async Task Allow(Installation dlcs, bool connections)
    {
        var database = new NpgsqlConnectionStringBuilder(dlcs.Settings.Postgres).Database!;
        await using var server = NpgsqlDataSource.Create(await postgres.NewDatabase());
        await using var allow = server.CreateCommand($"alter database {database} allow_connections {connections}");
        await allow.ExecuteNonQueryAsync(Ct);
        if (connections) return;
        await using var leave = server.CreateCommand(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = $1");
        leave.Parameters.Add(new() { Value = database });
        (await leave.ExecuteScalarAsync(Ct)).ShouldBeOfType<long>().ShouldBeGreaterThan(0);
    }
}

using System.Net;
using Dlcs.Integration.Servers;
using Dlcs.Read.Projecting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Dlcs.Integration.Journeys;

/// <summary>What no one thought of costs the one request that met it.</summary>
public sealed class FailingUnexpectedly(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private Installation dlcs = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => dlcs = await Installation.Start(stores);

    public ValueTask DisposeAsync() => dlcs.DisposeAsync();

    [Fact]
    public async Task answers_500_without_the_reason_and_goes_on()
    {
        await dlcs.NewSpace("damaged");
        await Execute("update {0}.spaces_1 set doc = '[]'");

        var failed = await dlcs.Get("/customers/1/spaces", HttpStatusCode.InternalServerError);

        ((string)failed["detail"]!).ShouldBe("This failed for a reason that is in the log.");
        await dlcs.Get("/customers/1");
    }

    [Fact]
    public async Task answers_503_with_what_to_do_for_a_view_of_another_version_and_goes_on()
    {
        await Execute("update {0}.generations set version = 99 where view = 'spaces'");
        dlcs.Services.GetRequiredService<ReadStore>().Refresh();

        var refused = await dlcs.Get("/customers/1/spaces", HttpStatusCode.ServiceUnavailable);

        ((string)refused["detail"]!).ShouldContain("dlcs rebuild spaces");
        await dlcs.Get("/customers/1");
    }

    private async Task Execute(string sql)
    {
        await using var database = NpgsqlDataSource.Create(dlcs.Settings.Postgres!);
        await using var command = database.CreateCommand(sql.Replace(
            "{0}", $"{dlcs.Settings.Prefix}_read", StringComparison.Ordinal));
        (await command.ExecuteNonQueryAsync(Ct)).ShouldBe(1);
    }
}

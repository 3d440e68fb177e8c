using System.Net;
using Dlcs.Integration.Servers;
using Dlcs.Read.Projecting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dlcs.Integration.Journeys;

/// <summary>What no one thought of costs the one request that met it.</summary>
public sealed class FailingUnexpectedly(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private Installation dlcs = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => dlcs = await Installation.Start(
        stores, s => s with { LogLevel = LogLevel.Debug });

    public ValueTask DisposeAsync() => dlcs.DisposeAsync();

    [Fact]
    public async Task answers_500_without_the_reason_and_goes_on()
    {
        await dlcs.NewSpace("damaged");
        await Execute("update {0}.spaces_1 set doc = '[]'");

        var failed = await dlcs.Get("/customers/1/spaces", HttpStatusCode.InternalServerError);

        ((string)failed["detail"]!).ShouldBe(
            "This failed for a reason that is in the log, under the x-correlation-id of this answer.");
        await dlcs.Get("/customers/1");
    }

    [Fact]
    public async Task tells_the_id_of_the_affair_in_the_answer_and_how_it_ended_in_the_log()
    {
        await dlcs.NewSpace("damaged");
        await Execute("update {0}.spaces_1 set doc = '[]'");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/customers/1/spaces");
        request.Headers.Add("x-correlation-id", "affair-500");

        using var failed = await dlcs.Api.SendAsync(request, Ct);

        failed.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        failed.Headers.TryGetValues("x-correlation-id", out var ids).ShouldBeTrue();
        ids.ShouldNotBeNull().ShouldHaveSingleItem().ShouldBe("affair-500");
        for (var tries = 0; !IsSaid(); tries++)
        {
            tries.ShouldBeLessThan(1200);
            await Task.Delay(50, Ct);
        }

        bool IsSaid() => dlcs.Heard.Lines.Any(line =>
            line.Sentence.StartsWith("GET /customers/1/spaces answered 500 in ", StringComparison.Ordinal));
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

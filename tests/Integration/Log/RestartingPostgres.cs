using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.Marten;

namespace Dlcs.Integration.Log;

/// <summary>The log while its server goes and comes back.</summary>
public sealed class RestartingPostgres : IAsyncLifetime
{
    private OwnPostgres server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await OwnPostgres.Started();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task appends_fail_while_it_is_away_and_subscribers_wait_for_it()
    {
        await using var log = new MartenEventStore(server.ConnectionString, new());
        var (first, second, third) = (Appends.One(), Appends.One(), Appends.One());
        await log.Append(first, Ct);
        await using var subscriber = new Subscriber(log, Position.Start);
        await subscriber.Sees(1);

        await server.Stop();
        await Should.ThrowAsync<LogUnavailableException>(log.Append(second, Ct));
        await Should.ThrowAsync<LogUnavailableException>(log.AppendMany([second, third], Ct));
        await Should.ThrowAsync<LogUnavailableException>(log.ReadMany([second.Stream], Ct));

        await server.Start();
        await log.Append(second, Ct);
        await subscriber.Sees(2);
        subscriber.Seen.Select(s => s.Entry.Recorded.Stream).ShouldBe([first.Stream, second.Stream]);
    }
}

using Dlcs.Host.Embedded;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.Marten;

namespace Dlcs.Integration.Log;

/// <summary>The log while its server goes and comes back.</summary>
public sealed class RestartingPostgres : IAsyncLifetime
{
    private string folder = "";
    private PrivatePostgres? server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        folder = Directory.CreateTempSubdirectory("dlcs-").FullName;
        const UnixFileMode open = (UnixFileMode)0b111_101_101;
        File.SetUnixFileMode(folder, open);
        server = await PrivatePostgres.Start(folder, durable: false, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await server!.Stop(CancellationToken.None);
        Directory.Delete(server.Folder, recursive: true);
    }

    [Fact]
    public async Task appends_fail_while_it_is_away_and_subscribers_wait_for_it()
    {
        await using var log = new MartenEventStore(server!.ConnectionString, new());
        await log.Append(One(0), Ct);
        await using var subscriber = new Subscriber(log, Position.Start);
        await subscriber.Sees(1);

        await server.Stop(Ct);
        await Should.ThrowAsync<LogUnavailableException>(log.Append(One(1), Ct));
        await Should.ThrowAsync<LogUnavailableException>(log.AppendMany([One(1), One(2)], Ct));
        await Should.ThrowAsync<LogUnavailableException>(log.ReadMany([One(1).Stream], Ct));

        server = await PrivatePostgres.Start(folder, durable: false, Ct);
        await log.Append(One(1), Ct);
        await subscriber.Sees(2);
        subscriber.Seen.Select(s => s.Entry.Recorded.Stream).ShouldBe([One(0).Stream, One(1).Stream]);
    }

    private static Append One(int number) => new(
        new SpaceId(1, number).Stream, -1, [new SpaceReopened(new(1, number))],
        new(NamedGuid.Of(Guid.Empty, $"restart {number}"), null, new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), "correlation-1"));
}

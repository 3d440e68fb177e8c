using Dlcs.Integration.Log.Loopback;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;

namespace Dlcs.Integration.Log;

/// <summary>
/// A server goes through others' events in silence, also behind the last that was asked for: it ends a read when it met
/// one more, or the end.
/// </summary>
[Trait("profile", "cluster")]
public sealed class SearchingAmongOthersEvents
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task waits_longer_than_for_an_answer_until_the_end_is_reached()
    {
        await using var server = await LoopbackServer.Start();
        await using var log = Open(server);
        var appended = await log.AppendMany([Appends.One(), Appends.One(), Appends.One()], Ct);

        server.Options.SearchesOn = TimeSpan.FromSeconds(1);

        var page = await log.ReadAll(Position.Start, 10, Ct);
        page.Entries.Select(e => (Position?)e.Position).ShouldBe(appended, ignoreOrder: true);
        (await log.ReadAll(page.Through, 10, Ct)).Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task waits_for_nothing_behind_the_last_that_it_asked_for()
    {
        await using var server = await LoopbackServer.Start();
        await using var log = Open(server);
        await log.AppendMany([Appends.One(), Appends.One(), Appends.One()], Ct);
        var all = await log.ReadAll(Position.Start, 3, Ct);
        await using var other = new GrpcEventStore(ConnectionString.Parse(server.ConnectionString), "other");
        var end = await other.Append(Appends.One(), Ct);

        server.Options.SearchesOn = System.Threading.Timeout.InfiniteTimeSpan;

        var first = await log.ReadAll(Position.Start, 2, Ct);
        var second = await log.ReadAll(all.Entries[0].Position, 2, Ct);
        first.Entries.Select(e => e.Position).ShouldBe(all.Entries.Take(2).Select(e => e.Position));
        second.Entries.Select(e => e.Position).ShouldBe(all.Entries.Skip(1).Select(e => e.Position));
        (await log.ReadLast(end, Ct)).ShouldNotBeNull().Position.ShouldBe(all.Entries[2].Position);
    }

    [Fact]
    public async Task takes_an_error_that_a_stream_is_not_there_for_an_empty_one()
    {
        await using var server = await LoopbackServer.Start(options: new() { FailsWithoutStream = true });
        await using var log = Open(server);

        (await log.Read(Appends.One().Stream, Ct).CountAsync(Ct)).ShouldBe(0);
        (await log.ReadMany([Appends.One().Stream], Ct)).ShouldHaveSingleItem().ShouldBeEmpty();
        await log.Append(Appends.One(), Ct);
    }

    private static GrpcEventStore Open(LoopbackServer server) =>
        new(ConnectionString.Parse($"{server.ConnectionString}&defaultDeadline=300"), "dlcs");
}

using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Log;

/// <summary>The contract on a server of EventStoreDB's protocol.</summary>
public abstract class EventStoreContract(EventStoreServer server) : LogContract
{
    [Fact]
    public async Task checkpoints_move_on_past_what_is_not_ours()
    {
        await using var ours = server.Open("checkpoints");
        await using var theirs = server.Open("checkpointsx");
        var start = await ours.Append(Appends.One(), Ct);
        await theirs.AppendMany([.. Enumerable.Range(0, 2500).Select(_ => Appends.One())], Ct);

        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var pages = ours.Subscribe(start, 10, soon.Token).GetAsyncEnumerator(soon.Token);
        var page = pages.MoveNextAsync().AsTask();
        while (await Task.WhenAny(page, Task.Delay(TimeSpan.FromSeconds(1), Ct)) != page)
            await theirs.AppendMany([.. Enumerable.Range(0, 1000).Select(_ => Appends.One())], Ct); // a node in arrears
        (await page).ShouldBeTrue();
        pages.Current.Entries.ShouldBeEmpty();
        var through = pages.Current.Through;
        through.ShouldBeGreaterThan(start);
        (await ours.End(Ct)).ShouldBeGreaterThanOrEqualTo(through);

        var last = await ours.Append(Appends.One(), Ct);
        await using var subscriber = new Subscriber(ours, through);
        await subscriber.Sees(1);
        subscriber.Seen[0].Entry.Position.ShouldBe(last);
    }

    [Fact]
    public async Task a_subscriber_that_sleeps_while_much_is_appended_misses_nothing()
    {
        await using var log = server.Open("sleeper");
        await log.Append(Appends.One(), Ct);
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var pages = log.Subscribe(Position.Start, 10, soon.Token).GetAsyncEnumerator(soon.Token);
        do (await pages.MoveNextAsync()).ShouldBeTrue();
        while (pages.Current.Entries is []);

        var appends = Enumerable.Range(0, 200).Select(_ => Appends.Large(50_000)).ToList();
        await log.AppendMany(appends, Ct);
        await Task.Delay(300, Ct);

        var seen = new List<LogEntry>();
        while (seen.Count < 200 && await pages.MoveNextAsync()) seen.AddRange(pages.Current.Entries);
        seen.Select(e => e.Recorded.Id).ShouldBe(appends.Select(a => a.EventId(0)), ignoreOrder: true);
        seen.Zip(seen.Skip(1)).ShouldAllBe(pair => pair.First.Position < pair.Second.Position);
    }

    protected override IEventStore Open(string prefix) => server.Open(prefix);

    protected override Task AppendForeign(string prefix, StreamName stream, SealedEvent e) =>
        server.AppendPastTheAdapter(prefix, stream, e, Ct);

    /// <summary>It knows no such thing.</summary>
    protected override Task AppendAndRollBack(string prefix, CancellationToken ct) => Task.Delay(5, ct);

    protected override Task BreakConnections() => server.BreakConnections();
}

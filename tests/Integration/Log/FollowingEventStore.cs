using Dlcs.Integration.Log.Loopback;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;

namespace Dlcs.Integration.Log;

/// <summary>What a subscription outlives.</summary>
[Trait("profile", "cluster")]
public sealed class FollowingEventStore
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task who_is_too_slow_is_dropped_and_goes_on_where_it_was()
    {
        await using var server = await LoopbackServer.Start();
        await using var log = Open(server.ConnectionString);
        await log.Append(Appends.One(), Ct);
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var pages = log.Subscribe(Position.Start, 10, soon.Token).GetAsyncEnumerator(soon.Token);
        (await pages.MoveNextAsync()).ShouldBeTrue();
        while (server.Log.Live is 0) await Task.Delay(5, soon.Token);

        var appends = Enumerable.Range(0, 200).Select(_ => Appends.Large(50_000)).ToList();
        await log.AppendMany(appends, Ct);
        while (server.Log.Dropped is 0) await Task.Delay(5, soon.Token);

        var seen = new List<LogEntry>();
        while (seen.Count < 200 && await pages.MoveNextAsync()) seen.AddRange(pages.Current.Entries);
        seen.Select(e => e.Recorded.Id).ShouldBe(appends.Select(a => a.EventId(0)), ignoreOrder: true);
        seen.Zip(seen.Skip(1)).ShouldAllBe(pair => pair.First.Position < pair.Second.Position);
    }

    /// <summary>Events that take longer to be read than to be sent: there is always another one.</summary>
    [Fact]
    public async Task more_at_once_than_a_page_should_hold()
    {
        const int tags = 2_500, count = 4_500, most = 32_000_000;
        var space = new SpaceCreated(new(1, 1), Guid.Empty, "x", [], [.. Enumerable.Range(0, tags).Select(_ => "a")]);
        await using var server = await LoopbackServer.Start();
        await using var log = Open(server.ConnectionString);
        await log.AppendMany([.. Enumerable.Range(0, count).Select(_ => Appends.One() with { Events = [space] })], Ct);
        using var soon = new CancellationTokenSource(TimeSpan.FromMinutes(2));

        var (seen, longest) = (0, 0);
        await foreach (var page in log.Subscribe(Position.Start, count, soon.Token))
        {
            (seen, longest) = (seen + page.Entries.Count, Math.Max(longest, page.Entries.Count));
            if (seen == count) break;
        }

        longest.ShouldBeLessThan(most / (tags * "'a',".Length));
    }

    [Fact]
    public async Task a_server_that_ends_it_again_and_again_without_a_word()
    {
        await using var server = await LoopbackServer.Start(options: new() { SubscribesFor = 3 });
        await using var log = Open(server.ConnectionString);
        var appends = Enumerable.Range(0, 20).Select(_ => Appends.One()).ToList();
        await log.AppendMany(appends, Ct);

        await using var subscriber = new Subscriber(log, Position.Start);

        await subscriber.Sees(20);
        subscriber.Seen.Select(s => s.Entry.Recorded.Id).ShouldBe(appends.Select(a => a.EventId(0)), ignoreOrder: true);
    }

    [Fact]
    public async Task a_server_that_is_away_and_comes_back()
    {
        var first = await LoopbackServer.Start();
        await using var log = Open(first.ConnectionString);
        var (one, two, three) = (Appends.One(), Appends.One(), Appends.One());
        await log.Append(one, Ct);
        await using var subscriber = new Subscriber(log, Position.Start);
        await subscriber.Sees(1);

        await first.DisposeAsync();
        await Should.ThrowAsync<LogUnavailableException>(log.Append(two, Ct));
        await Should.ThrowAsync<LogUnavailableException>(log.AppendMany([two, three], Ct));
        await Should.ThrowAsync<LogUnavailableException>(log.ReadMany([two.Stream], Ct));
        await Should.ThrowAsync<LogUnavailableException>(log.ReadAll(Position.Start, 1, Ct));
        await Should.ThrowAsync<LogUnavailableException>(log.Identity(Ct).AsTask());

        await using var second = await LoopbackServer.Start(first.Log, port: first.Port);
        await log.Append(two, Ct);
        await subscriber.Sees(2);
        subscriber.Seen.Select(s => s.Entry.Recorded.Stream).ShouldBe([one.Stream, two.Stream]);
    }

    [Theory]
    [InlineData("esdb")]
    [InlineData("kurrentdb+discover")]
    public async Task another_leader(string scheme)
    {
        await using var a = await LoopbackServer.Start();
        await using var b = await LoopbackServer.Start(a.Log);
        await using var log = Open(a.ConnectionString.Replace("esdb", scheme, StringComparison.Ordinal));
        await log.Append(Appends.One(), Ct);
        await using var subscriber = new Subscriber(log, Position.Start);
        await subscriber.Sees(1);

        (a.Options.LeaderPort, var followed) = (b.Port, Appends.One());
        await log.Append(followed, Ct);
        a.BreakConnections(); // what a follower still sends, it stops
        await log.AppendMany([Appends.One(), Appends.One()], Ct);

        await subscriber.Sees(4);
        (await log.Read(followed.Stream, Ct).CountAsync(Ct)).ShouldBe(1);
        b.Calls.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task a_leader_that_ends_and_names_no_other()
    {
        await using var a = await LoopbackServer.Start();
        var b = await LoopbackServer.Start(a.Log);
        a.Options.LeaderPort = b.Port;
        await using var log = Open($"esdb+discover://127.0.0.1:{a.Port}?tls=false");
        await log.Append(Appends.One(), Ct);
        b.Calls.ShouldBe(1);

        await b.DisposeAsync();
        a.Options.LeaderPort = null;
        await log.Append(Appends.One(), Ct);
        await log.AppendMany([Appends.One()], Ct);

        (await log.ReadAll(Position.Start, 10, Ct)).Entries.Count.ShouldBe(3);
    }

    /// <summary>
    /// A server of 24.10 that has found nothing yet says that it has come to -1: without a sign, that is the end.
    /// </summary>
    [Fact]
    public async Task a_checkpoint_before_everything_hides_nothing_that_comes()
    {
        await using var server = await LoopbackServer.Start(options: new() { Version = "24.10.4" });
        await using var same = await LoopbackServer.Start(server.Log);
        await using var log = Open(server.ConnectionString);
        await using var elsewhere = Open(same.ConnectionString);
        await using var subscriber = new Subscriber(log, Position.Start);
        while (server.Log.Live is 0) await Task.Delay(5, Ct);
        await Task.Delay(200, Ct); // it is heard

        server.Options.Ready = false;
        server.BreakConnections();
        await elsewhere.Append(Appends.One(), Ct);
        server.Options.Ready = true;

        await subscriber.Sees(1);
    }

    /// <summary>A checkpoint may name the place where the very next event comes to stand.</summary>
    [Fact]
    public async Task a_checkpoint_at_the_end_of_the_log_hides_nothing_that_comes()
    {
        await using var server = await LoopbackServer.Start();
        await using var ours = Open(server.ConnectionString);
        await using var theirs = new GrpcEventStore(ConnectionString.Parse(server.ConnectionString), "theirs");
        await theirs.AppendMany([.. Enumerable.Range(0, 1000).Select(_ => Appends.One())], Ct);
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var pages = ours.Subscribe(Position.Start, 10, soon.Token).GetAsyncEnumerator(soon.Token);
        (await pages.MoveNextAsync()).ShouldBeTrue();
        var through = pages.Current.Through;

        server.BreakConnections();
        var next = await ours.Append(Appends.One(), Ct);

        (await pages.MoveNextAsync()).ShouldBeTrue();
        pages.Current.Entries.Select(e => e.Position).ShouldBe([next]);
        await using var later = new Subscriber(ours, through);
        await later.Sees(1);
        next.ShouldBeGreaterThan(through);
    }

    private static GrpcEventStore Open(string connectionString) =>
        new(ConnectionString.Parse(connectionString), "dlcs");
}

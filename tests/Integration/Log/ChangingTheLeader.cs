using System.Diagnostics;
using Dlcs.Integration.Log.Loopback;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;

namespace Dlcs.Integration.Log;

/// <summary>A cluster of EventStoreDB whose leader is lost.</summary>
[Trait("profile", "cluster")]
public sealed class ChangingTheLeader
{
    private static readonly TimeSpan Election = TimeSpan.FromMilliseconds(300);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("leader")]
    [InlineData("follower")]
    [InlineData("random")]
    public async Task amid_appends_and_a_subscription_loses_nothing_and_doubles_nothing(string preference)
    {
        await using var nodes = await LoopbackNodes.Begin();
        await using var log = Open($"{nodes.ConnectionString}&nodePreference={preference}");
        await using var subscriber = new Subscriber(log, Position.Start);
        using var enough = new CancellationTokenSource();

        var writing = Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(
            () => n < 3 ? OneByOne(log, enough.Token) : Together(log, enough.Token), Ct)));
        for (var round = 0; round < 3; round++)
        {
            await subscriber.Sees(subscriber.Seen.Count + 100);
            var lost = await nodes.Lose();
            await Task.Delay(Election, Ct);
            nodes.Elect((lost + 1) % 3);
            await subscriber.Sees(subscriber.Seen.Count + 100);
            await nodes.Start(lost);
        }
        await enough.CancelAsync();

        var written = (await writing).SelectMany(w => w).OrderBy(w => w.Position).ToList();
        var entries = (await log.ReadAll(Position.Start, 1_000_000, Ct)).Entries.Select(Checkpoint.At).ToList();
        entries.ShouldBe(written);
        await subscriber.Sees(entries.Count);
        subscriber.Seen.Select(s => Checkpoint.At(s.Entry)).ShouldBe(entries);
    }

    [Fact]
    public async Task a_follower_that_is_asked_for_the_leader_names_it()
    {
        await using var nodes = await LoopbackNodes.Begin();
        var (leader, follower) = (nodes.Nodes[0]!, nodes.Nodes[1]!);
        await using var log = Open(follower.ConnectionString);

        await log.Append(Appends.One(), Ct);
        await log.AppendMany([Appends.One()], Ct);
        (await log.ReadAll(Position.Start, 10, Ct)).Entries.Count.ShouldBe(2);

        follower.Calls.ShouldBe(0);
        leader.Calls.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task who_prefers_followers_follows_them_and_leaves_all_else_to_the_leader()
    {
        await using var nodes = await LoopbackNodes.Begin();
        await using var log = Open($"{nodes.ConnectionString}&nodePreference=follower");

        await log.Append(Appends.One(), Ct);
        (await log.ReadAll(Position.Start, 10, Ct)).Entries.ShouldHaveSingleItem();
        var asked = nodes.Nodes[nodes.Leads]!.Calls;
        await using var subscriber = new Subscriber(log, Position.Start);
        await subscriber.Sees(1);

        asked.ShouldBe(nodes.Nodes[nodes.Leads]!.Calls);
        nodes.Nodes.Sum(n => n!.Calls).ShouldBe(asked + 1);
    }

    /// <summary>It has heard of the end of the log from another, and does not show it yet.</summary>
    [Fact]
    public async Task a_new_leader_that_lags_hides_nothing()
    {
        await using var old = await LoopbackServer.Start();
        await using var log = Open(old.ConnectionString);
        var first = await log.Append(Appends.One(), Ct);
        await using var lagging = await LoopbackServer.Start(old.Log.Backup((ulong)first.Value));
        var second = await log.Append(Appends.One(), Ct);

        (old.Options.LeadsFor, old.Options.LeaderPort) = (1, lagging.Port);
        var page = await log.ReadAll(first, 10, Ct);

        page.Through.ShouldBe(first);
        old.Options.LeaderPort = null;
        await using var again = Open(old.ConnectionString);
        (await again.ReadAll(page.Through, 10, Ct)).Entries.Select(e => e.Position).ShouldBe([second]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task whoever_comes_amid_an_election_is_answered_after_it(bool noticed)
    {
        await using var nodes = await LoopbackNodes.Begin();
        await using var log = Open(nodes.ConnectionString);
        await using var newcomer = Open(nodes.ConnectionString);
        var first = Appends.One();
        await log.Append(first, Ct);
        await nodes.Lose(noticed);

        var acts = new[] { log, newcomer }.SelectMany(l => new[]
        {
            l.Append(Appends.One(), Ct), l.AppendMany([Appends.One()], Ct), l.End(Ct), l.ReadMany([first.Stream], Ct),
            (Task)l.ReadAll(Position.Start, 1, Ct),
        }).ToList();
        await Task.Delay(TimeSpan.FromMilliseconds(700), Ct);
        acts.ShouldAllBe(act => !act.IsCompleted);
        nodes.Elect(2);

        await Task.WhenAll(acts);
        (await log.ReadAll(Position.Start, 100, Ct)).Entries.Count.ShouldBe(5);
    }

    [Fact]
    public async Task an_election_without_end_is_said_and_waited_for_by_subscribers()
    {
        await using var nodes = await LoopbackNodes.Begin();
        await using var log = Open(nodes.ConnectionString);
        var (first, second) = (Appends.One(), Appends.One());
        await log.Append(first, Ct);
        await using var subscriber = new Subscriber(log, Position.Start);
        await subscriber.Sees(1);
        await nodes.Lose();

        var began = Stopwatch.GetTimestamp();
        await Should.ThrowAsync<LogUnavailableException>(log.Append(second, Ct));
        await Should.ThrowAsync<LogUnavailableException>(log.AppendMany([second], Ct));
        await Should.ThrowAsync<LogUnavailableException>(log.End(Ct));
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(20));

        nodes.Elect(2);
        await log.Append(second, Ct);
        await subscriber.Sees(2);
        subscriber.Seen.Select(s => s.Entry.Recorded.Stream).ShouldBe([first.Stream, second.Stream]);
    }

    [Fact]
    public async Task whoever_calls_off_what_was_asked_does_not_lose_the_leader()
    {
        await using var nodes = await LoopbackNodes.Begin();
        await using var log = Open(nodes.ConnectionString);
        await log.Append(Appends.One(), Ct);
        var searches = nodes.Nodes.Sum(n => n!.Searches);
        var leader = nodes.Nodes[nodes.Leads]!;

        leader.Options.Delay = TimeSpan.FromMinutes(1);
        for (var n = 0; n < 3; n++)
        {
            using var enough = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
            await Should.ThrowAsync<OperationCanceledException>(log.End(enough.Token));
        }
        leader.Options.Delay = TimeSpan.Zero;
        await using (var subscriber = new Subscriber(log, Position.Start)) await subscriber.Sees(1);
        await log.End(Ct);

        nodes.Nodes.Sum(n => n!.Searches).ShouldBe(searches);
    }

    private static GrpcEventStore Open(string connectionString) =>
        new(ConnectionString.Parse(connectionString), "dlcs");

    private static async Task<List<Checkpoint>> OneByOne(GrpcEventStore log, CancellationToken enough)
    {
        var written = new List<Checkpoint>();
        while (!enough.IsCancellationRequested)
        {
            var append = Appends.One();
            written.Add(new(await Appends.Insist(() => log.Append(append, Ct)), append.EventId(0)));
        }
        return written;
    }

    private static async Task<List<Checkpoint>> Together(GrpcEventStore log, CancellationToken enough)
    {
        var written = new List<Checkpoint>();
        while (!enough.IsCancellationRequested)
        {
            var appends = Enumerable.Range(0, 20).Select(_ => Appends.One()).ToList();
            var positions = await Appends.Insist(() => log.AppendMany(appends, Ct));
            written.AddRange(appends.Zip(positions, (a, p) => new Checkpoint(p.ShouldNotBeNull(), a.EventId(0))));
        }
        return written;
    }
}

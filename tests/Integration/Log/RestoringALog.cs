using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Log;

/// <summary>A log that was restored from an older backup is found out, also when it has grown again since.</summary>
public sealed class RestoringALog(Postgres postgres) : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> opened = [];
    private RestorableLog? server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Engines => RestorableLog.Engines;

    public async ValueTask DisposeAsync()
    {
        foreach (var log in opened) await log.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
    }

    private async Task<IEventStore> Open(string engine)
    {
        server = await RestorableLog.On(engine, postgres);
        return Another();
    }

    private IEventStore Another(string prefix = "dlcs")
    {
        var log = server!.Open(prefix);
        opened.Add((IAsyncDisposable)log);
        return log;
    }

    /// <summary>Large events and small ones: what is appended anew begins elsewhere than what was there.</summary>
    private static async Task<List<Checkpoint>> Append(IEventStore log, int count, int size = 100)
    {
        var seen = new List<Checkpoint>();
        for (var i = 0; i < count; i++)
        {
            var append = Appends.Large(size);
            seen.Add(new(await log.Append(append, Ct), append.EventId(0)));
        }
        return seen;
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task what_was_seen_before_the_backup_is_known_again(string engine)
    {
        var log = await Open(engine);
        var seen = await Append(log, 3);
        await Append(log, 3);

        await server!.Restore(seen[^1].Position);
        await Append(Another(), 10, size: 77);

        foreach (var checkpoint in seen) (await Another().Recognise(checkpoint, Ct)).ShouldBe(checkpoint);
        (await Another().Recognise(Checkpoint.Start, Ct)).ShouldBe(Checkpoint.Start);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task what_was_seen_later_is_not_when_the_log_ends_before_it(string engine)
    {
        var log = await Open(engine);
        var seen = await Append(log, 4);

        await server!.Restore(seen[1].Position);

        (await Another().Recognise(seen[^1], Ct)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task nor_when_the_log_has_grown_past_it(string engine)
    {
        var log = await Open(engine);
        var seen = await Append(log, 6);

        await server!.Restore(seen[1].Position);
        await Append(Another(), 12, size: 77);

        foreach (var checkpoint in seen.Skip(2)) (await Another().Recognise(checkpoint, Ct)).ShouldBeNull();
    }

    /// <summary>All that was lost was others'; but what came in its place is ours, and was never seen.</summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public async Task nor_when_other_events_stand_where_none_of_ours_did(string engine)
    {
        var log = await Open(engine);
        var seen = (await Append(log, 2))[^1];
        var others = Another("other");
        var through = (await Append(others, 5))[^1].Position;
        var quiet = seen with { Position = through };
        (await log.Recognise(quiet, Ct)).ShouldBe(quiet);

        await server!.Restore(seen.Position);
        await Append(Another(), 12, size: 77);

        (await Another().Recognise(quiet, Ct)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task an_event_that_was_not_noted_is(string engine)
    {
        var log = await Open(engine);
        var seen = (await Append(log, 2))[^1];

        (await log.Recognise(seen with { Last = null }, Ct)).ShouldBe(seen);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task a_subscription_that_comes_back_to_it_ends(string engine)
    {
        var log = await Open(engine);
        var seen = await Append(log, 6);
        await using var pages = log.Subscribe(Position.Start, 100, Ct).GetAsyncEnumerator(Ct);
        for (var through = Position.Start; through < seen[^1].Position; through = pages.Current.Through)
            (await pages.MoveNextAsync()).ShouldBeTrue();
        var next = pages.MoveNextAsync().AsTask();

        await server!.Restore(seen[1].Position);

        (await Should.ThrowAsync<LogReplacedException>(next.WaitAsync(TimeSpan.FromSeconds(20), Ct)))
            .Message.ShouldContain("older backup");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task a_subscription_that_saw_nothing_since_the_backup_goes_on(string engine)
    {
        var log = await Open(engine);
        var seen = await Append(log, 3);
        await using var subscriber = new Subscriber(log, Position.Start);
        await subscriber.Sees(3);

        await server!.Restore(seen[^1].Position);
        var later = await Append(Another(), 2);

        await subscriber.Sees(5);
        subscriber.Seen.Select(s => Checkpoint.At(s.Entry)).ShouldBe([.. seen, .. later]);
    }
}

using Dlcs.Integration.Log.Loopback;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;

namespace Dlcs.Integration.Log;

/// <summary>The connection is lost just when an append is made: whether it was, nobody said.</summary>
[Trait("profile", "cluster")]
public sealed class LosingEventStore
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<int, bool, bool> Cases => new()
    {
        { 1, true, true }, { 1, false, true }, { 2, true, true }, { 2, false, true }, { 1, true, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task an_append_is_there_once_and_answered(int times, bool done, bool tellsPositions)
    {
        await using var server = await Start(tellsPositions);
        await using var log = Open(server);
        await log.Append(Appends.One(), Ct);
        var append = Appends.One();

        (server.Options.LosesOnlyTheAnswer, server.Options.Losses) = (done, times);
        var position = await log.Append(append, Ct);

        server.Options.Losses.ShouldBeLessThan(times);
        await IsThereOnce(log, append, position);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task many_appends_are_each_there_once_and_answered(int times, bool done, bool tellsPositions)
    {
        await using var server = await Start(tellsPositions);
        await using var log = Open(server);
        var taken = Appends.One();
        await log.Append(taken, Ct);
        var appends = Enumerable.Range(0, 20).Select(_ => Appends.One())
            .Append(Appends.One() with { Stream = taken.Stream }).ToList();

        (server.Options.LosesOnlyTheAnswer, server.Options.Losses) = (done, times);
        var positions = await log.AppendMany(appends, Ct);

        server.Options.Losses.ShouldBe(0);
        positions[^1].ShouldBeNull();
        foreach (var (append, position) in appends.Zip(positions).SkipLast(1))
            await IsThereOnce(log, append, position.ShouldNotBeNull());
    }

    /// <summary>It refuses the append again by the one that it took, which it does not show yet.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_server_that_shows_later_than_it_takes_does_not_hide_an_append(bool together)
    {
        await using var server = await Start();
        await using var log = Open(server);
        var append = Appends.One();
        await log.Append(append, Ct);
        var next = Appends.One() with { Stream = append.Stream, Revision = 0 };

        server.Options.Lag = TimeSpan.FromMilliseconds(500);
        (server.Options.LosesOnlyTheAnswer, server.Options.Losses) = (true, 1);
        var position = together ? (await log.AppendMany([next], Ct)).Single() : await log.Append(next, Ct);

        (await log.ReadAt(position.ShouldNotBeNull(), Ct)).ShouldNotBeNull().Recorded.Id.ShouldBe(next.EventId(0));
    }

    /// <summary>So that nothing is left to be tried again.</summary>
    [Fact]
    public async Task many_appends_that_were_all_made_are_found()
    {
        await using var server = await Start();
        await using var log = Open(server);
        var append = Appends.One();

        (server.Options.LosesOnlyTheAnswer, server.Options.Losses) = (true, 1);
        var positions = await log.AppendMany([append], Ct);

        await IsThereOnce(log, append, positions.Single().ShouldNotBeNull());
    }

    /// <summary>What follows in the stream was never sent: nobody answers that.</summary>
    [Fact]
    public async Task the_next_to_a_stream_does_not_hold_up_the_one_that_was_not_made()
    {
        await using var server = await Start();
        await using var log = Open(server);
        var first = Appends.One();

        server.Options.IsFull = true;
        var appending = log.AppendMany([first, Appends.One() with { Stream = first.Stream, Revision = 0 }], Ct);
        await Task.Delay(300, Ct);
        server.Options.IsFull = false;

        (await appending.WaitAsync(TimeSpan.FromSeconds(60), Ct)).ShouldAllBe(position => position != null);
        (await log.Read(first.Stream, Ct).CountAsync(Ct)).ShouldBe(2);
    }

    [Fact]
    public async Task one_who_came_in_between_has_won()
    {
        await using var server = await Start();
        await using var other = await LoopbackServer.Start(server.Log);
        await using var log = Open(server);
        await using var direct = Open(other);
        var append = Appends.One();

        server.Options.Losses = 1000;
        var appending = log.Append(append, Ct);
        while (server.Options.Losses is 1000) await Task.Delay(1, Ct);
        await direct.Append(Appends.One() with { Stream = append.Stream }, Ct);
        server.Options.Losses = 0;

        await Should.ThrowAsync<RevisionConflictException>(appending);
        (await log.Read(append.Stream, Ct).CountAsync(Ct)).ShouldBe(1);
    }

    [Fact]
    public async Task what_is_lost_again_and_again_is_given_up()
    {
        await using var server = await Start();
        await using var log = Open(server);
        var append = Appends.One();

        server.Options.Losses = int.MaxValue;
        var appending = log.Append(append, Ct).WaitAsync(TimeSpan.FromSeconds(60), Ct);
        await Should.ThrowAsync<LogUnavailableException>(appending);

        (await log.Read(append.Stream, Ct).CountAsync(Ct)).ShouldBe(0);
    }

    private static Task<LoopbackServer> Start(bool tellsPositions = true) =>
        LoopbackServer.Start(options: new() { TellsPositionsInStreams = tellsPositions });

    private static GrpcEventStore Open(LoopbackServer server) =>
        new(ConnectionString.Parse(server.ConnectionString), "dlcs");

    private static async Task IsThereOnce(GrpcEventStore log, Append append, Position position)
    {
        (await log.Read(append.Stream, Ct).ToListAsync(Ct)).Select(r => r.Id).ShouldBe([append.EventId(0)]);
        (await log.ReadAt(position, Ct)).ShouldNotBeNull().Recorded.Id.ShouldBe(append.EventId(0));
    }
}

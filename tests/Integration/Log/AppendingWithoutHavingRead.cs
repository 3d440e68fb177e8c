using Dlcs.Integration.Log.Loopback;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;

namespace Dlcs.Integration.Log;

/// <summary>Every kind of expected revision that the protocol has, on the server of the contract.</summary>
[Trait("profile", "cluster")]
public sealed class AppendingWithoutHavingRead(EventStoreServer server) : IClassFixture<EventStoreServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_made_where_the_stream_is_as_expected_and_nowhere_else()
    {
        await using var log = server.Open("expected");
        var (a, b, c, d) = (Appends.One(), Appends.One(), Appends.One(), Appends.One());
        (b, c, d) = (b with { Stream = a.Stream }, c with { Stream = a.Stream }, d with { Stream = a.Stream });

        await Refused(a, ExpectedRevision.StreamExists);
        await Refused(a, ExpectedRevision.At(0));
        await log.Append(a, ExpectedRevision.Any, Ct);
        await Refused(b, ExpectedRevision.NoStream);
        await Refused(b, ExpectedRevision.At(1));
        await log.Append(b, ExpectedRevision.Any, Ct);
        await log.Append(c, ExpectedRevision.StreamExists, Ct);
        var last = await log.Append(d, ExpectedRevision.At(2), Ct);

        var read = await log.Read(a.Stream, Ct).ToListAsync(Ct);
        read.Select(r => r.Id).ShouldBe([a.EventId(0), b.EventId(0), c.EventId(0), d.EventId(0)]);
        read.Select(r => r.Revision).ShouldBe([0, 1, 2, 3]);
        (await log.ReadAt(last, Ct)).ShouldNotBeNull().Recorded.Id.ShouldBe(d.EventId(0));
        Should.Throw<ArgumentOutOfRangeException>(() => ExpectedRevision.At(-1));

        Task Refused(Append append, ExpectedRevision expected) =>
            Should.ThrowAsync<RevisionConflictException>(() => log.Append(append, expected, Ct));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task that_was_made_and_not_answered_is_found(bool any, bool tells)
    {
        await using var loopback = await LoopbackServer.Start(options: new() { TellsPositionsInStreams = tells });
        await using var log = new GrpcEventStore(ConnectionString.Parse(loopback.ConnectionString), "dlcs");
        var first = Appends.One();
        var second = Appends.One() with { Stream = first.Stream };
        await log.Append(first, Ct);
        (loopback.Options.Losses, loopback.Options.LosesOnlyTheAnswer) = (1, true);

        var position = await log.Append(
            second, any ? ExpectedRevision.Any : ExpectedRevision.StreamExists, Ct);

        (await log.ReadAt(position, Ct)).ShouldNotBeNull().Recorded.Id.ShouldBe(second.EventId(0));
        (await log.Read(first.Stream, Ct).CountAsync(Ct)).ShouldBe(2);
    }

    [Fact]
    public async Task that_was_lost_is_not_sent_again_for_it_could_land_twice()
    {
        await using var loopback = await LoopbackServer.Start();
        await using var log = new GrpcEventStore(ConnectionString.Parse(loopback.ConnectionString), "dlcs");
        var append = Appends.One();
        await log.End(Ct);
        (loopback.Options.Losses, loopback.Options.LosesOnlyTheAnswer) = (1, false);

        await Should.ThrowAsync<LogUnavailableException>(() => log.Append(append, ExpectedRevision.Any, Ct));

        (await log.Read(append.Stream, Ct).CountAsync(Ct)).ShouldBe(0);
        await log.Append(append, ExpectedRevision.Any, Ct);
    }
}

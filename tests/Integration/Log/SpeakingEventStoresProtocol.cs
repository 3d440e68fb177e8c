using EventStoreDb.Wire;
using Grpc.Core;

namespace Dlcs.Integration.Log;

/// <summary>
/// What was recorded of EventStoreDB, asked of the loopback server, and of a real one where there is one: by the bare
/// protocol, past the adapter.
/// </summary>
[Trait("profile", "cluster")]
public sealed class SpeakingEventStoresProtocol(EventStoreServer server) : IClassFixture<EventStoreServer>
{
    private readonly RawClient raw = server.Raw();

    [Theory]
    [InlineData(true, 2, "c d e")]
    [InlineData(false, 2, "c b a")]
    public async Task a_stream_is_read_from_a_revision_on_with_what_stands_there(
        bool forwards, ulong revision, string names)
    {
        var stream = await raw.FiveEvents();

        var answers = await raw.Read(RawClient.Stream(stream, revision, forwards));

        RawClient.Names(answers).ShouldBe(names);
    }

    [Fact]
    public async Task the_log_is_read_forwards_with_what_stands_at_the_position_and_backwards_without()
    {
        var stream = await raw.FiveEvents();
        var third = RawClient.Events(await raw.Read(RawClient.All(null, stream)))[2];
        var at = new LogPosition { CommitPosition = third.CommitPosition, PreparePosition = third.PreparePosition };

        RawClient.Names(await raw.Read(RawClient.All(at, stream))).ShouldBe("c d e");
        RawClient.Names(await raw.Read(RawClient.All(at, stream, forwards: false))).ShouldBe("b a");
    }

    [Fact]
    public async Task a_stream_that_is_not_there_is_no_error()
    {
        var answers = await raw.Read(RawClient.Stream(raw.NewStream(), 0));

        answers.ShouldHaveSingleItem().ContentCase.ShouldBe(ReadResp.ContentOneofCase.StreamNotFound);
    }

    [Fact]
    public async Task compatibility_tells_the_ends_of_a_stream()
    {
        var stream = await raw.FiveEvents();
        var request = RawClient.Stream(stream, 7);
        request.Options.ControlOption = new() { Compatibility = 1 };

        var answers = await raw.Read(request);

        answers.Single(a => a.ContentCase is ReadResp.ContentOneofCase.FirstStreamPosition)
            .FirstStreamPosition.ShouldBe(5UL);
        answers[^1].LastStreamPosition.ShouldBe(4UL);
    }

    [Fact]
    public async Task nothing_is_read_when_nothing_is_asked_for()
    {
        var stream = await raw.FiveEvents();
        var none = RawClient.Stream(stream, 0);
        none.Options.Count = 0;
        var fromEnd = RawClient.Stream(stream, 0);
        fromEnd.Options.Stream.End = new();

        (await Should.ThrowAsync<RpcException>(raw.Read(none))).StatusCode.ShouldBe(StatusCode.Unknown);
        (await Should.ThrowAsync<RpcException>(raw.Read(fromEnd))).StatusCode.ShouldBe(StatusCode.Unknown);
    }

    [Fact]
    public async Task without_a_filter_option_a_read_is_refused()
    {
        var request = RawClient.Stream(await raw.FiveEvents(), 0);
        request.Options.NoFilter = null;

        (await Should.ThrowAsync<RpcException>(raw.Read(request))).StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task without_a_uuid_option_a_read_is_never_answered_or_refused()
    {
        var request = RawClient.Stream(await raw.FiveEvents(), 0);
        request.Options.UuidOption = null;

        (await Should.ThrowAsync<RpcException>(raw.Read(request, patience: 500)))
            .StatusCode.ShouldBeOneOf(StatusCode.DeadlineExceeded, StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task a_window_of_nothing_is_never_answered()
    {
        var request = RawClient.All(null, await raw.FiveEvents());
        request.Options.Filter.Max = 0;

        (await Should.ThrowAsync<RpcException>(raw.Read(request, patience: 500)))
            .StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
    }

    [Fact]
    public async Task a_subscription_without_a_checkpoint_interval_breaks()
    {
        var request = RawClient.Following(null, await raw.FiveEvents());
        request.Options.Filter.CheckpointIntervalMultiplier = 0;

        (await Should.ThrowAsync<RpcException>(raw.Read(request))).StatusCode.ShouldBe(StatusCode.Unknown);
    }

    [Fact]
    public async Task a_subscription_begins_behind_the_position_and_goes_on_with_what_comes()
    {
        var stream = await raw.FiveEvents();
        var third = RawClient.Events(await raw.Read(RawClient.All(null, stream)))[2];
        var at = new LogPosition { CommitPosition = third.CommitPosition, PreparePosition = third.PreparePosition };

        var reading = raw.Read(RawClient.Following(at, stream), until: answers => RawClient.Events(answers).Count is 3);
        await raw.Append(stream, new() { Revision = 4 }, "f");

        var answers = await reading;
        answers[0].ContentCase.ShouldBe(ReadResp.ContentOneofCase.Confirmation);
        RawClient.Names(answers).ShouldBe("d e f");
    }

    [Fact]
    public async Task from_every_checkpoint_a_subscription_goes_on_with_just_what_follows()
    {
        var (ours, theirs) = (raw.NewStream(), raw.NewStream());
        for (var i = 0; i < 20; i++)
        {
            await raw.Append(theirs, new() { Any = new() }, "theirs");
            await raw.Append(ours, new() { Any = new() }, $"{i}");
        }
        var first = RawClient.Events(await raw.Read(RawClient.All(null, theirs)))[0];
        var start = new LogPosition { CommitPosition = first.CommitPosition, PreparePosition = first.PreparePosition };
        var request = RawClient.Following(start, ours);
        request.Options.Filter.Max = 3;

        var answers = await raw.Read(request, until: a => RawClient.Events(a).Count is 20);

        var checkpoints = answers.Index().Where(a => a.Item.Checkpoint is { CommitPosition: > 0 }).ToList();
        checkpoints.Count.ShouldBeGreaterThan(5);
        foreach (var (i, checkpoint) in checkpoints)
        {
            var following = 20 - RawClient.Events([.. answers.Take(i)]).Count;
            if (following is 0) continue;
            var at = new LogPosition
            {
                CommitPosition = checkpoint.Checkpoint.CommitPosition,
                PreparePosition = checkpoint.Checkpoint.PreparePosition,
            };
            var rest = await raw.Read(
                RawClient.Following(at, ours), until: a => RawClient.Events(a).Count == following);
            RawClient.Names(rest).ShouldBe(
                string.Join(' ', Enumerable.Range(20 - following, following)));
        }
    }
}

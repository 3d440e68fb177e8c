using EventStoreDb.Wire;
using Grpc.Core;

namespace Dlcs.Integration.Log;

/// <summary>How EventStoreDB takes appends and refuses them, asked by the bare protocol.</summary>
[Trait("profile", "cluster")]
public sealed class RefusingByEventStoresProtocol(EventStoreServer server) : IClassFixture<EventStoreServer>
{
    private readonly RawClient raw = server.Raw();

    [Fact]
    public async Task a_conflict_is_an_answer()
    {
        var stream = await raw.FiveEvents();

        var wrong = (await raw.Append(stream, new() { Revision = 2 }, "x")).WrongExpectedVersion;

        (wrong.CurrentRevision, wrong.ExpectedRevision).ShouldBe((4UL, 2UL));
        var missing = await raw.Append(raw.NewStream(), new() { StreamExists = new() }, "x");
        missing.WrongExpectedVersion.CurrentNoStream.ShouldNotBeNull();
    }

    [Fact]
    public async Task a_conflict_in_a_batch_is_an_error_within_its_answer()
    {
        var stream = await raw.FiveEvents();

        var answer = await raw.Batch(stream, new() { StreamPosition = 2 }, "x");

        (answer.Error.Code, answer.Error.Message)
            .ShouldBe(((int)StatusCode.AlreadyExists, "WrongExpectedVersion"));
        answer.Error.Details.Unpack<WrongExpectedVersion>().CurrentStreamRevision.ShouldBe(4UL);
    }

    [Fact]
    public async Task a_conflict_of_a_deletion_is_an_exception()
    {
        var stream = await raw.FiveEvents();

        var e = await Should.ThrowAsync<RpcException>(raw.Delete(stream, 2));

        (e.StatusCode, e.Trailers.GetValue("exception"))
            .ShouldBe((StatusCode.FailedPrecondition, "wrong-expected-version"));
        e.Trailers.GetValue("actual-version").ShouldBe("4");
    }

    [Fact]
    public async Task the_same_append_again_is_answered_as_the_first_time()
    {
        var (stream, id) = (raw.NewStream(), Guid.CreateVersion7());
        var first = await raw.Append(stream, new() { NoStream = new() }, id, "a");
        await raw.Append(stream, new() { Revision = 0 }, "b");

        var again = await raw.Append(stream, new() { NoStream = new() }, id, "a");
        var any = await raw.Append(stream, new() { Any = new() }, id, "a");

        first.Success.CurrentRevision.ShouldBe(0UL);
        again.Success.ShouldBe(first.Success);
        any.Success.ShouldBe(first.Success);
        RawClient.Names(await raw.Read(RawClient.Stream(stream, 0))).ShouldBe("a b");
    }

    [Fact]
    public async Task an_append_of_nothing_makes_no_stream() =>
        (await raw.Append(raw.NewStream(), new() { NoStream = new() })).Success.NoStream.ShouldNotBeNull();

    [Fact]
    public async Task what_was_deleted_is_numbered_on_and_what_was_tombstoned_is_gone()
    {
        var stream = await raw.FiveEvents();
        await raw.Delete(stream, 4);
        (await raw.Read(RawClient.Stream(stream, 0))).ShouldHaveSingleItem().StreamNotFound.ShouldNotBeNull();

        (await raw.Append(stream, new() { NoStream = new() }, "f")).Success.CurrentRevision.ShouldBe(5UL);
        await raw.Delete(stream, 5, forever: true);

        foreach (var act in (Func<Task>[])
            [() => raw.Read(RawClient.Stream(stream, 0)), () => raw.Append(stream, new() { Any = new() }, "g")])
        {
            var e = await Should.ThrowAsync<RpcException>(act);
            (e.StatusCode, e.Trailers.GetValue("exception"))
                .ShouldBe((StatusCode.FailedPrecondition, "stream-deleted"));
        }
    }

    [Fact]
    public async Task what_is_too_large_is_refused_with_the_limit()
    {
        var e = await Should.ThrowAsync<RpcException>(
            raw.Append(raw.NewStream(), new() { NoStream = new() }, new string('x', 2_000_000)));

        (e.StatusCode, e.Trailers.GetValue("exception"))
            .ShouldBe((StatusCode.InvalidArgument, "maximum-append-size-exceeded"));
        int.Parse(e.Trailers.GetValue("maximum-append-size")!).ShouldBeGreaterThan(900_000);
    }

    [Fact]
    public async Task an_append_answers_with_the_position_of_its_last_event()
    {
        var stream = raw.NewStream();

        var single = await raw.Append(stream, new() { NoStream = new() }, "a", "b", "c");
        var batch = await raw.Batch(stream, new() { StreamPosition = 2 }, "d", "e");

        var events = RawClient.Events(await raw.Read(RawClient.All(null, stream)));
        single.Success.Position.CommitPosition.ShouldBe(events[2].CommitPosition);
        batch.Success.Position.CommitPosition.ShouldBe(events[4].CommitPosition);
        events.ShouldAllBe(e => e.CommitPosition == e.PreparePosition);
    }
}

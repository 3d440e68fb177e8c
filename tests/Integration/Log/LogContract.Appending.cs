using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Log;

public abstract partial class LogContract
{
    [Fact]
    public async Task an_append_is_read_again_as_it_was()
    {
        var log = Open();
        var append = Append(Stream(1), -1, "é 絵 🖼", "b") with { First = 3 };
        append = append with
        {
            Metadata = append.Metadata with
            {
                At = Metadata.Whole(new(2026, 5, 6, 7, 8, 9, 123, 456, TimeSpan.Zero)),
                Causation = Guid.AllBitsSet,
                Headers = new Dictionary<string, string> { ["x-job-id"] = "7" },
            },
        };

        await log.Append(append, Ct);

        var read = await All(log, Stream(1));
        read.Select(r => r.Event).ShouldBe(append.Events);
        read.Select(r => r.Id).ShouldBe([append.EventId(0), append.EventId(1)]);
        read.Select(r => r.Revision).ShouldBe([0, 1]);
        read.ShouldAllBe(r => r.Stream == Stream(1));
        var metadata = read[1].Metadata;
        (metadata with { Headers = null }).ShouldBe(append.Metadata with { Headers = null });
        metadata.Headers.ShouldBe(append.Metadata.Headers);
    }

    [Fact]
    public async Task an_append_answers_where_its_last_event_stands()
    {
        var log = Open();

        var first = await log.Append(Append(Stream(1), -1, "a", "b"), Ct);
        var second = await log.Append(Append(Stream(2), -1, "c"), Ct);

        first.ShouldBeLessThan(second);
        (await All(log, Position.Start, 10)).Where(e => Name(e.Recorded) is "b" or "c")
            .Select(e => e.Position).ShouldBe([first, second]);
    }

    [Theory]
    [InlineData(-1)] // it is to begin, and is there
    [InlineData(0)] // another came first
    [InlineData(2)] // it is not that far
    public async Task an_append_at_another_revision_is_refused_whole(long revision)
    {
        var log = Open();
        await log.Append(Append(Stream(1), -1, "a", "b"), Ct);

        await Should.ThrowAsync<RevisionConflictException>(log.Append(Append(Stream(1), revision, "c", "d"), Ct));

        (await Names(log, Stream(1))).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task a_stream_that_is_not_there_has_no_revision_to_append_at()
    {
        var log = Open();

        await Should.ThrowAsync<RevisionConflictException>(log.Append(Append(Stream(1), 0, "a"), Ct));

        (await Names(log, Stream(1))).ShouldBeEmpty();
    }

    [Fact]
    public async Task the_same_append_again_answers_the_same_and_appends_nothing()
    {
        var log = Open();
        var append = Append(Stream(1), -1, "a", "b");
        var position = await log.Append(append, Ct);
        await log.Append(Append(Stream(1), 1, "c"), Ct);

        (await log.Append(append, Ct)).ShouldBe(position);
        (await log.AppendMany([append, Append(Stream(2), -1, "d")], Ct))[0].ShouldBe(position);

        (await Names(log, Stream(1))).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task what_is_too_large_is_refused_and_nothing_of_it_is_there()
    {
        var log = Open();
        var large = new string('x', Limits.Event);
        var half = new string('x', Limits.Append / 2);

        await Should.ThrowAsync<AppendTooLargeException>(log.Append(Append(Stream(1), -1, "a", large), Ct));
        await Should.ThrowAsync<AppendTooLargeException>(log.Append(Append(Stream(1), -1, half, half), Ct));
        await Should.ThrowAsync<AppendTooLargeException>(
            log.AppendMany([Append(Stream(1), -1, "a"), Append(Stream(2), -1, large)], Ct));

        (await Names(log, Stream(1))).ShouldBeEmpty();
    }

    [Fact]
    public async Task what_is_just_not_too_large_is_taken()
    {
        var log = Open();
        var some = new string('x', (Limits.Append / 2) - 1000);

        await log.Append(Append(Stream(1), -1, some, some), Ct);

        (await Names(log, Stream(1))).ShouldBe([some, some]);
    }

    [Fact]
    public async Task of_many_appends_each_stands_for_itself()
    {
        var log = Open();
        await log.Append(Append(Stream(2), -1, "taken"), Ct);
        await log.Append(Append(Stream(5), -1, "first"), Ct);

        var positions = await log.AppendMany(
            [
                Append(Stream(1), -1, "a", "b"), Append(Stream(2), -1, "c", "d"), Append(Stream(3), -1, "e"),
                Append(Stream(4), 0, "f"), Append(Stream(5), 0, "g"),
            ],
            Ct);

        positions.Select(p => p is not null).ShouldBe([true, false, true, false, true]);
        var streams = await log.ReadMany([Stream(1), Stream(2), Stream(3), Stream(4), Stream(5)], Ct);
        streams.Select(s => string.Join(' ', s.Select(Name))).ShouldBe(["a b", "taken", "e", "", "first g"]);
        var last = (await All(log, Position.Start, 100)).GroupBy(e => e.Recorded.Stream)
            .ToDictionary(s => s.Key, s => s.Last().Position);
        positions[0].ShouldBe(last[Stream(1)]);
        positions[4].ShouldBe(last[Stream(5)]);
    }

    [Fact]
    public async Task many_appends_to_one_stream_follow_each_other()
    {
        var log = Open();

        var positions = await log.AppendMany(
            [
                Append(Stream(1), -1, "a"), Append(Stream(2), -1, "x"), Append(Stream(1), 0, "b", "c"),
                Append(Stream(1), 1, "late"), Append(Stream(1), 2, "d"),
            ],
            Ct);

        positions.Select(p => p is not null).ShouldBe([true, true, true, false, true]);
        (await Names(log, Stream(1))).ShouldBe(["a", "b", "c", "d"]);
        positions[0]!.Value.ShouldBeLessThan(positions[2]!.Value);
    }

    [Fact]
    public async Task many_appends_may_be_none_or_a_thousand()
    {
        var log = Open();

        (await log.AppendMany([], Ct)).ShouldBeEmpty();
        var thousand = Enumerable.Range(0, 1000).Select(i => Append(Stream(i), -1, $"{i}")).ToList();
        var positions = await log.AppendMany(thousand, Ct);

        positions.ShouldAllBe(p => p != null);
        var streams = await log.ReadMany([.. thousand.Select(a => a.Stream)], Ct);
        streams.Select(s => Name(s.Single())).ShouldBe(Enumerable.Range(0, 1000).Select(i => $"{i}"));
    }
}

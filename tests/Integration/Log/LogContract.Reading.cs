using System.Text;
using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Log;

public abstract partial class LogContract
{
    [Fact]
    public async Task a_stream_that_was_never_appended_to_is_empty() =>
        (await Names(Open(), Stream(1))).ShouldBeEmpty();

    [Fact]
    public async Task many_streams_come_in_the_order_that_was_asked_for()
    {
        var log = Open();
        await log.Append(Append(Stream(1), -1, "a", "b"), Ct);
        await log.Append(Append(Stream(3), -1, "c"), Ct);
        await log.Append(Append(Stream(1), 1, "d"), Ct);

        var streams = await log.ReadMany([Stream(3), Stream(2), Stream(1), Stream(3)], Ct);

        streams.Select(s => string.Join(' ', s.Select(Name))).ShouldBe(["c", "", "a b d", "c"]);
        streams[2].Select(r => r.Revision).ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task a_long_stream_is_read_to_its_end()
    {
        var log = Open();
        for (var i = 0; i < 2500; i += 500)
            await log.Append(Append(Stream(1), i - 1, [.. Enumerable.Range(i, 500).Select(n => $"{n}")]), Ct);

        (await Names(log, Stream(1))).ShouldBe(Enumerable.Range(0, 2500).Select(n => $"{n}"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task the_whole_log_is_read_in_pages(int atMost)
    {
        var log = Open();
        for (var i = 0; i < 10; i++) await log.Append(Append(Stream(i % 3), (i / 3 * 2) - 1, $"{i}a", $"{i}b"), Ct);

        var entries = await All(log, Position.Start, atMost);

        entries.Select(e => Name(e.Recorded))
            .ShouldBe(Enumerable.Range(0, 10).SelectMany(i => new[] { $"{i}a", $"{i}b" }));
        entries.Zip(entries.Skip(1)).ShouldAllBe(pair => pair.First.Position < pair.Second.Position);
    }

    [Fact]
    public async Task the_log_is_read_on_from_any_position()
    {
        var log = Open();
        for (var i = 0; i < 20; i++) await log.Append(Append(Stream(i), -1, $"{i}"), Ct);
        var entries = await All(log, Position.Start, 1000);

        for (var i = 0; i < entries.Count; i++)
            (await All(log, entries[i].Position, 3)).ShouldBe(entries.Skip(i + 1), new SameEntry());
    }

    [Fact]
    public async Task at_its_end_the_log_answers_an_empty_page_through_where_it_was_asked()
    {
        var log = Open();
        var position = await log.Append(Append(Stream(1), -1, "a"), Ct);
        var end = (await log.ReadAll(position, 100, Ct)).Through;

        var page = await log.ReadAll(end, 100, Ct);

        page.Entries.ShouldBeEmpty();
        page.Through.ShouldBeGreaterThanOrEqualTo(end); // a real server's own events come at any time
    }

    [Fact]
    public async Task an_event_is_read_by_where_it_stands()
    {
        var (ours, theirs) = (Open(), Open($"{prefix}x"));
        opened.Add(theirs);
        for (var i = 0; i < 5; i++) await ours.Append(Append(Stream(i), -1, $"{i}a", $"{i}b"), Ct);
        var foreign = await theirs.Append(Append(Stream(1), -1, "theirs"), Ct);

        foreach (var entry in await All(ours, Position.Start, 100))
            (await ours.ReadAt(entry.Position, Ct)).ShouldNotBeNull().Recorded.Id.ShouldBe(entry.Recorded.Id);
        (await ours.ReadAt(foreign, Ct)).ShouldBeNull();
        (await ours.ReadAt(Position.Start, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task the_last_event_of_ours_is_found_from_any_position()
    {
        var (ours, theirs) = (Open(), Open($"{prefix}x"));
        opened.Add(theirs);
        var before = await theirs.Append(Append(Stream(1), -1, "theirs"), Ct);
        for (var i = 0; i < 5; i++) await ours.Append(Append(Stream(i), -1, $"{i}a", $"{i}b"), Ct);
        var behind = await theirs.Append(Append(Stream(2), -1, "theirs"), Ct);

        var entries = await All(ours, Position.Start, 100);
        foreach (var entry in entries)
            (await ours.ReadLast(entry.Position, Ct)).ShouldNotBeNull().Recorded.Id.ShouldBe(entry.Recorded.Id);
        (await ours.ReadLast(behind, Ct)).ShouldNotBeNull().ShouldBe(entries[^1], new SameEntry());
        (await ours.ReadLast(before, Ct)).ShouldBeNull();
        (await ours.ReadLast(Position.Start, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task whoever_reads_on_comes_to_where_the_log_ended()
    {
        var (ours, theirs) = (Open(), Open($"{prefix}x"));
        opened.Add(theirs);
        var last = await ours.Append(Append(Stream(1), -1, "a"), Ct);
        (await ours.End(Ct)).ShouldBeGreaterThanOrEqualTo(last);
        var foreign = await theirs.Append(Append(Stream(1), -1, "theirs"), Ct);

        var end = await ours.End(Ct);
        end.ShouldBeGreaterThanOrEqualTo(foreign);
        (await ours.ReadAll(last, 100, Ct)).Through.ShouldBeGreaterThanOrEqualTo(end);
    }

    [Fact]
    public async Task two_installations_on_one_server_see_nothing_of_each_other()
    {
        var (ours, theirs) = (Open(), Open($"{prefix}x"));
        opened.Add(theirs);
        await ours.Append(Append(Stream(1), -1, "ours"), Ct);
        await theirs.Append(Append(Stream(1), -1, "theirs"), Ct);
        var last = await theirs.Append(Append(Stream(2), -1, "theirs too"), Ct);

        (await Names(ours, Stream(1))).ShouldBe(["ours"]);
        (await Names(ours, Stream(2))).ShouldBeEmpty();
        (await All(ours, Position.Start, 2)).Select(e => Name(e.Recorded)).ShouldBe(["ours"]);
        (await All(theirs, Position.Start, 2)).Select(e => Name(e.Recorded)).ShouldBe(["theirs", "theirs too"]);
        last.ShouldBeGreaterThan(Position.Start);
    }

    [Fact]
    public async Task a_page_moves_on_past_what_is_not_ours()
    {
        var (ours, theirs) = (Open(), Open($"{prefix}x"));
        opened.Add(theirs);
        var first = await ours.Append(Append(Stream(1), -1, "first"), Ct);
        for (var i = 0; i < 10; i++) await theirs.Append(Append(Stream(i), -1, "theirs"), Ct);
        await ours.Append(Append(Stream(2), -1, "last"), Ct);

        (await All(ours, first, 2)).Select(e => Name(e.Recorded)).ShouldBe(["last"]);
    }

    [Fact]
    public async Task an_event_of_a_newer_program_is_handed_over_as_unknown()
    {
        var log = Open();
        await log.Append(Append(Stream(1), -1, "a"), Ct);
        var painted = Append(Stream(1), 0, "b").Seal().Single() with
        {
            Type = "SpacePainted",
            Data = Encoding.UTF8.GetBytes("""{"colour":"green"}"""),
        };

        await AppendForeign(prefix, Stream(1), painted);

        (await All(log, Stream(1)))[1].Event.ShouldBe(new UnknownEvent("SpacePainted", 1));
        (await All(log, Position.Start, 10))[^1].Recorded.Event.ShouldBe(new UnknownEvent("SpacePainted", 1));
    }

    [Fact]
    public async Task the_log_keeps_its_identity()
    {
        var identity = await Open().Identity(Ct);

        identity.ShouldNotBe(Guid.Empty);
        (await Open().Identity(Ct)).ShouldBe(identity);
    }

    private sealed class SameEntry : IEqualityComparer<LogEntry>
    {
        public bool Equals(LogEntry x, LogEntry y) => x.Position == y.Position && x.Recorded.Id == y.Recorded.Id;

        public int GetHashCode(LogEntry obj) => obj.Position.GetHashCode();
    }
}

using System.Text.Json;
using Dlcs.Kernel.Events;
using Dlcs.Write.Batches;

namespace Dlcs.Unit.Write;

public sealed class CuttingABatch
{
    private static IReadOnlyList<ImageDescription> Members(int count, int length = 0) => [.. Enumerable.Range(0, count)
        .Select(i => Images.Described(Images.Id with { Name = $"x{i}" }) with { String3 = new string('ф', length) })];

    private static IReadOnlyList<IReadOnlyList<IEvent>> Cut(IReadOnlyList<ImageDescription> members) =>
        BatchParts.Of(7, 2, members, priority: false);

    [Fact]
    public void makes_one_append_of_an_ordinary_one()
    {
        var events = Cut(Members(250)).ShouldHaveSingleItem();

        events[^1].ShouldBe(new BatchSubmitted(7, 2, 250));
        events.SkipLast(1).ShouldAllBe(e => e is BatchMembersAdded);
    }

    [Fact]
    public void keeps_every_member_in_order_whatever_the_size()
    {
        var members = Members(1_000, 1_000);

        var appends = Cut(members);

        appends.Count.ShouldBeGreaterThan(5);
        appends.SelectMany(a => a).OfType<BatchMembersAdded>().SelectMany(e => e.Members).Select(m => m.Id)
            .ShouldBe(members.Select(m => m.Id));
        appends.SelectMany(a => a).OfType<BatchSubmitted>().ShouldHaveSingleItem().Count.ShouldBe(1_000);
    }

    [Fact]
    public void takes_no_member_that_could_not_be_registered() =>
        Should.Throw<AppendTooLargeException>(() => Cut([.. Members(1), .. Members(1, 70_000)])) // six bytes each
            .Message.ShouldContain("x0 is over 400000 bytes");

    [Fact]
    public void stays_within_what_every_store_takes()
    {
        foreach (var append in Cut(Members(300, 1_000)))
            new Append(StreamName.Batch(7), -1, append, Recording.By("key-1", Recording.Began)).Seal() // throws over it
                .Sum(e => e.Data.Length).ShouldBeLessThan(Limits.Append);
    }

    [Fact]
    public void reads_back_as_it_was()
    {
        var state = Recording.Of([.. Cut(Members(3, 10)).SelectMany(a => a)]).Aggregate(Batch.Initial, Batch.Evolve);

        state.Members.Select(Json).ShouldBe(Members(3, 10).Select(Json));
        state.Submitted.ShouldNotBeNull().Event.ShouldBe(new BatchSubmitted(7, 2, 3));
    }

    private static string Json(ImageDescription image) =>
        JsonSerializer.Serialize(image, EventJson.Default.ImageDescription);
}

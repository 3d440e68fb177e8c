using Dlcs.Kernel.Events;
using Dlcs.Write.Batches;
using Dlcs.Write.Images;

namespace Dlcs.Unit.Write;

/// <summary>Its request ended between its two appends; others have gone on since.</summary>
public sealed class CompletingABatchLate
{
    private const int Number = 7;
    private readonly InMemoryLog log = new();

    private static IReadOnlyList<ImageDescription> Members(int count) => [.. Enumerable.Range(0, count)
        .Select(i => Images.Described(Images.Id with { Name = $"x{i}" }))];

    private Task Submitted(int batch, int count)
    {
        IEvent[] parts = [new BatchMembersAdded(batch, 2, Members(count)), new BatchSubmitted(batch, 2, count)];
        return log.Append(new(StreamName.Batch(batch), -1, parts, Acting.Caller().Metadata), Acting.Ct);
    }

    [Fact]
    public async Task passes_over_a_member_that_others_changed_since()
    {
        await Submitted(Number, 3);
        var id = Images.Id with { Name = "x1" };
        var later = Acting.Caller().Metadata with { At = Recording.Began.AddDays(1) };
        var own = new RegisterImage(Images.Described(id), Guid.CreateVersion7(), Lane.Immediate);
        await log.Decide<Image>(id.Stream, later, i => RegisterImage.Decide(own, i), Acting.Ct);

        await CompleteBatch.Run(log, Number, Recording.Began.AddDays(2), Acting.Ct);
        var before = log.All.Count;
        (await CompleteBatch.Run(log, Number, Recording.Began.AddDays(3), Acting.Ct)).ShouldBeNull();

        log.Stream(id.Stream).ShouldHaveSingleItem().ShouldBeOfType<ImageRegistered>().Batch.ShouldBeNull();
        log.Stream(StreamName.Batch(Number))[^1].ShouldBeOfType<BatchMembersPassedOver>().Members.ShouldBe([1]);
        log.All.Count.ShouldBe(before);
    }

    [Fact]
    public async Task gives_way_to_a_later_batch_and_not_to_an_earlier_one()
    {
        await Submitted(7, 1);
        await Submitted(8, 1);

        await CompleteBatch.Run(log, 7, Recording.Began.AddMinutes(1), Acting.Ct);
        await CompleteBatch.Run(log, 8, Recording.Began.AddMinutes(2), Acting.Ct);

        log.Stream((Images.Id with { Name = "x0" }).Stream).Cast<ImageRegistered>().Select(e => e.Batch)
            .ShouldBe([7, 8]);
    }

    [Fact]
    public async Task leaves_a_space_deleted_whose_image_it_passes_over()
    {
        await Acting.PutSpace(log, Images.Id.Space.Space, "Maps");
        await Submitted(Number, 1);
        var (id, later) = (Members(1)[0].Id, Acting.Caller().Metadata with { At = Recording.Began.AddMinutes(1) });
        var own = new RegisterImage(Images.Described(id), Guid.CreateVersion7(), Lane.Immediate);
        await log.Decide<Image>(id.Stream, later, i => RegisterImage.Decide(own, i), Acting.Ct);
        await log.Decide<Image>(
            id.Stream, later with { Command = Guid.CreateVersion7() }, i => DeleteImage.Decide(new(id), i), Acting.Ct);
        (await Acting.DeleteSpace(log, log, id.Space.Space)).ShouldBe(204);

        await CompleteBatch.Run(log, 7, Recording.Began.AddMinutes(2), Acting.Ct);

        log.Stream(id.Space.Stream)[^1].ShouldBeOfType<SpaceDeleted>();
    }
}

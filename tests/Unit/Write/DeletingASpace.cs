using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write.Spaces;

namespace Dlcs.Unit.Write;

public sealed class DeletingASpace : Specification<Space>
{
    private static readonly SpaceId Id = new(2, 5);
    private static readonly SpaceCreated Created = new(Id, Guid.Empty, "Maps", [], []);
    private static readonly DeleteSpace Command = new(Id, Guid.CreateVersion7(Recording.Began));

    [Fact]
    public void closes_it_first() =>
        Given(Created).When(space => DeleteSpace.Close(Command, space)).Appends(new SpaceClosing(Id));

    [Fact]
    public void that_is_not_there_is_refused() =>
        Given().When(space => DeleteSpace.Close(Command, space)).IsRejected(RejectionKind.NotFound);

    [Fact]
    public void that_was_deleted_is_refused() => Given(Created, new SpaceClosing(Id), new SpaceDeleted(Id))
        .When(space => DeleteSpace.Close(Command, space)).IsRejected(RejectionKind.NotFound);

    [Fact]
    public void ends_when_it_is_empty() => Given(Created, new SpaceClosing(Id))
        .When(space => DeleteSpace.Decide(Command with { Closer = space.Closer }, isEmpty: true, space))
        .Appends(new SpaceDeleted(Id));

    [Fact]
    public void reopens_it_when_it_is_not_empty() => Given(Created, new SpaceClosing(Id))
        .When(space => DeleteSpace.Decide(Command with { Closer = space.Closer }, isEmpty: false, space))
        .Appends(new SpaceReopened(Id));

    [Fact]
    public void trusts_no_look_at_it_from_before_another_closed_it() => Given(Created, new SpaceClosing(Id))
        .When(space => DeleteSpace.Decide(Command, isEmpty: true, space)).IsRejected(RejectionKind.Conflict);

    [Fact]
    public void is_refused_when_an_image_came_in_between() =>
        Given(Created, new SpaceClosing(Id), new SpaceReopened(Id))
            .When(space => DeleteSpace.Decide(Command, isEmpty: true, space)).IsRejected(RejectionKind.Conflict);

    [Fact]
    public void twice_ends_once() => Given(Created, new SpaceClosing(Id), new SpaceDeleted(Id))
        .When(space => DeleteSpace.Decide(Command, isEmpty: true, space)).AppendsNothing();

    [Fact]
    public Task never_loses_an_image_that_was_registered() => Interleaving.InEveryOrder(async log =>
    {
        await Acting.CreateSpace(log, "Maps", 5);
        var (deleted, registered) = (0, 0);
        return new(
            async store => deleted = await Acting.DeleteSpace(store, log, 5),
            async store => registered = await Acting.Register(store, Images.Id),
            async () =>
            {
                var (space, _) = await log.Fold<Space>(Id.Stream, Acting.Ct);
                space.Status.ShouldBe(registered == 201 ? SpaceStatus.Open : SpaceStatus.Deleted, $"DELETE: {deleted}");
            });
    });

    [Fact]
    public Task twice_at_once_never_loses_an_image() => Interleaving.InEveryOrder(async log =>
    {
        await Acting.CreateSpace(log, "Maps", 5);
        return new(
            store => Acting.DeleteSpace(store, log, 5),
            async store =>
            {
                if (await Acting.Register(store, Images.Id) == 201)
                    (await Acting.DeleteSpace(store, log, 5)).ShouldBe(409);
            },
            async () =>
            {
                var (space, _) = await log.Fold<Space>(Id.Stream, Acting.Ct);
                (space.Status is SpaceStatus.Open).ShouldBe(log.Stream(Images.Id.Stream) is not []);
            });
    });

    [Fact]
    public async Task a_space_that_an_image_calls_back_takes_its_name_again()
    {
        var log = new InMemoryLog();
        await Acting.CreateSpace(log, "Maps", 5);
        await Acting.DeleteSpace(log, log, 5);
        await Acting.CreateSpace(log, "Maps", 6);

        await log.KeepOpen([Id], Acting.Caller().Metadata, Acting.Ct);

        var (space, _) = await log.Fold<Space>(Id.Stream, Acting.Ct);
        (space.Status, space.Name).ShouldBe((SpaceStatus.Open, "Maps (5.1)"));
    }

    [Fact]
    public async Task a_space_that_was_called_back_and_left_without_a_name_takes_it_from_the_next_who_registers()
    {
        var log = new InMemoryLog();
        await Acting.CreateSpace(log, "Maps", 5);
        await Acting.DeleteSpace(log, log, 5);
        var (_, revision) = await log.Fold<Space>(Id.Stream, Acting.Ct);
        await log.Append(
            new(Id.Stream, revision, [new SpaceReopened(Id)], Acting.Caller().Metadata), Acting.Ct);

        await log.KeepOpen([Id], Acting.Caller().Metadata, Acting.Ct);

        (await Acting.CreateSpace(log, "Maps", 6)).ShouldBe(409);
    }
}

using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write.Spaces;

namespace Dlcs.Unit.Write;

public sealed class CreatingASpace : Specification<Space>
{
    private static readonly SpaceId Id = new(2, 5);
    private static readonly SpaceCreated Created = new(Id, Images.First, "Maps", [], []);

    private static Decision Create(Space space) => CreateSpace.Decide(new CreateSpace(Created), space);

    [Fact]
    public void gives_it_its_name() => Given().When(Create).Appends(Created);

    [Fact]
    public void is_done_when_another_completed_the_claim() => Given(Created).When(Create).AppendsNothing();

    [Fact]
    public void uses_no_id_again() => Given(
            Created with { Claim = Images.Second }, new SpaceClosing(Id), new SpaceDeleted(Id))
        .When(Create).IsRejected(RejectionKind.Conflict);

    [Fact]
    public async Task under_an_id_that_is_offered_and_taken_takes_the_next()
    {
        var log = new InMemoryLog();
        await Acting.PutSpace(log, 5, "Maps");

        (await Acting.CreateSpace(log, "Letters", 5, 6)).ShouldBe(201);

        var created = log.Stream(new SpaceId(2, 6).Stream).ShouldHaveSingleItem().ShouldBeOfType<SpaceCreated>();
        created.Name.ShouldBe("Letters");
    }

    [Fact]
    public async Task under_an_id_of_ones_own_is_a_change_when_it_is_there()
    {
        var log = new InMemoryLog();

        (await Acting.PutSpace(log, 5, "Maps")).ShouldBe(201);
        (await Acting.PutSpace(log, 5, "Letters")).ShouldBe(200);
        (await Acting.PutSpace(log, 6, "letters")).ShouldBe(409);
        (await Acting.PutSpace(log, 6, "Maps")).ShouldBe(201);
    }

    [Fact]
    public async Task under_the_id_of_a_deleted_one_is_refused_and_leaves_the_name_free()
    {
        var log = new InMemoryLog();
        await Acting.PutSpace(log, 5, "Maps");
        await Acting.DeleteSpace(log, log, 5);

        (await Acting.PutSpace(log, 5, "Letters")).ShouldBe(409);
        (await Acting.PutSpace(log, 6, "Letters")).ShouldBe(201);
    }

    [Fact]
    public async Task knows_names_that_people_call_equal()
    {
        var log = new InMemoryLog();
        await Acting.PutSpace(log, 5, "Études");

        (await Acting.PutSpace(log, 6, "éTUDES")).ShouldBe(409);
    }
}

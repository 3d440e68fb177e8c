using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write.Spaces;

namespace Dlcs.Unit.Write;

public sealed class ChangingASpace : Specification<Space>
{
    private static readonly SpaceId Id = new(2, 5);
    private static readonly SpaceCreated Created = new(Id, Images.First, "Maps", ["blue"], ["staff"], 400);

    private static Decision Change(Space space, string body)
    {
        var command = new ChangeSpace(Id, Images.Second, Faults.None<SpaceBody>(body), "https://api.test");
        return ChangeSpace.Decide(command, command.Renames(space), space);
    }

    [Fact]
    public void renames_it() => Given(Created).When(space => Change(space, """{"name":"Letters"}"""))
        .Appends(new SpaceRenamed(Id, Images.Second, "Letters"));

    [Fact]
    public void changes_what_is_named_and_nothing_else() => Given(Created)
        .When(space => Change(space, """{"defaultTags":["red","red"]}"""))
        .Appends(new SpaceDefaultsChanged(Id, ["red"], ["staff"], 400));

    [Fact]
    public void clears_what_is_null() => Given(Created)
        .When(space => Change(space, """{"name":null,"defaultTags":null,"defaultRoles":null,"maxUnauthorised":null}"""))
        .Appends(new SpaceDefaultsChanged(Id, [], [], -1));

    [Fact]
    public void keeps_its_own_roles_without_the_address() => Given(Created)
        .When(space => Change(
            space, """{"defaultRoles":["https://api.test/customers/2/roles/readers","https://x/customers/2/r"]}"""))
        .Appends(new SpaceDefaultsChanged(Id, ["blue"], ["readers", "https://x/customers/2/r"], 400));

    [Fact]
    public void to_what_it_is_appends_nothing() => Given(Created)
        .When(space => Change(space, """{"name":"Maps","defaultTags":["blue"],"maxUnauthorised":400}"""))
        .AppendsNothing();

    [Fact]
    public void adds_what_is_left_when_another_completed_the_claim()
    {
        var body = Faults.None<SpaceBody>("""{"name":"Letters","maxUnauthorised":0}""");
        var command = new ChangeSpace(Id, Images.Second, body, "");
        var renamed = new SpaceRenamed(Id, Images.Second, "Letters");

        Given(Created, renamed).When(space => ChangeSpace.Decide(command, renamed, space))
            .Appends(new SpaceDefaultsChanged(Id, ["blue"], ["staff"], 0));
    }

    [Fact]
    public void that_is_not_there_is_refused() =>
        Given().When(space => Change(space, "{}")).IsRejected(RejectionKind.NotFound);

    [Theory]
    [InlineData("""{"name":"Maps","defaultTags":["a"],"maxUnauthorised":-1,"created":"2026-01-01T00:00:00Z"}""", null)]
    [InlineData("""{"NAME":"Maps"}""", null)]
    [InlineData("""{}""", "name is missing")]
    [InlineData("""{"name":"a\u0007b"}""", "name must not hold control characters")]
    [InlineData("""{"name":"a\u0000b"}""", "name must not hold U+0000")]
    [InlineData("""{"name":"a\uFFFEb"}""", "name must not hold U+FFFE")]
    [InlineData("""{"name":"Maps","defaultRoles":["staff"],"DefaultRoles":[]}""", "DefaultRoles is sent twice")]
    [InlineData("""{"name":"\ud800"}""", "name is not valid Unicode")]
    [InlineData("""{"name":"Maps","maxUnauthorised":-2}""", "maxUnauthorised must be from -1")]
    [InlineData("""{"name":"Maps","maxUnauthorised":3000000000}""", "maxUnauthorised must be a whole number")]
    [InlineData("""{"name":"Maps","maxUnauthorised":1.5}""", "maxUnauthorised must be a whole number")]
    [InlineData("""{"name":"Maps","defaultTags":"a"}""", "defaultTags must be a list, not a string")]
    [InlineData("""{"name":"Maps","defaultTags":["a",null]}""", "defaultTags[1] must be a string, not null")]
    [InlineData("""{"name":"Maps","defaultRoles":[" "]}""", "defaultRoles must not hold blank items")]
    public void checks_the_body(string body, string? fault) =>
        Faults.Of(new CreateSpaceValidator(), body).ShouldBeOne(fault);
}

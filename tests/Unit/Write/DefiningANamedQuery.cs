using Dlcs.Kernel.Events;
using Dlcs.Write.NamedQueries;

namespace Dlcs.Unit.Write;

public sealed class DefiningANamedQuery : Specification<NamedQuery>
{
    private static readonly NamedQueryDefined Defined = new(2, Images.First, "manifest", "canvas=n1&s1=p1");
    private static readonly DefineNamedQuery Define =
        new(2, Images.First, "manifest", "canvas=n1&s1=p1", Global: false);
    private static readonly ChangeNamedQuery Change = new(2, Images.First, "canvas=n2");
    private static readonly RemoveNamedQuery Remove = new(2, Images.First);

    [Fact]
    public void records_it() => Given().When(q => DefineNamedQuery.Decide(Define, q)).Appends(Defined);

    [Fact]
    public void twice_is_refused() =>
        Given(Defined).When(q => DefineNamedQuery.Decide(Define, q)).IsRejected(RejectionKind.Conflict);

    [Fact]
    public void under_the_name_of_a_removed_one_records_it() => Given(Defined, new NamedQueryRemoved(2, Images.First))
        .When(q => DefineNamedQuery.Decide(Define with { Id = Images.Second }, q))
        .Appends(Defined with { Id = Images.Second });

    [Fact]
    public void then_changing_it_gives_it_another_template() => Given(Defined)
        .When(q => ChangeNamedQuery.Decide(Change, q)).Appends(new NamedQueryChanged(2, Images.First, "canvas=n2"));

    [Fact]
    public void then_changing_it_to_what_it_is_appends_nothing() => Given(Defined)
        .When(q => ChangeNamedQuery.Decide(Change with { Template = Defined.Template }, q)).AppendsNothing();

    [Fact]
    public void anew_is_not_touched_by_a_change_of_the_one_before() => Given(Defined with { Id = Images.Second })
        .When(q => ChangeNamedQuery.Decide(Change, q)).IsRejected(RejectionKind.NotFound);

    [Fact]
    public void then_removing_it_frees_its_name() =>
        Given(Defined).When(q => RemoveNamedQuery.Decide(Remove, q)).Appends(new NamedQueryRemoved(2, Images.First));

    [Fact]
    public void then_removing_it_twice_is_refused() => Given(Defined, new NamedQueryRemoved(2, Images.First))
        .When(q => RemoveNamedQuery.Decide(Remove, q)).IsRejected(RejectionKind.NotFound);

    [Theory]
    [InlineData("""{"name":"manifest","template":"canvas=n1","global":false}""", null)]
    [InlineData("""{"name":"my query","template":"canvas=n1"}""", null)]
    [InlineData("""{"name":"a/b","template":"canvas=n1"}""", "name must fit into a URL")]
    [InlineData("""{"name":"a\uFFFEb","template":"canvas=n1"}""", "name must not hold U+FFFE")]
    [InlineData("""{"name":"..","template":"canvas=n1"}""", "name must not be dots")]
    [InlineData("""{"template":"canvas=n1"}""", "name is missing")]
    [InlineData("""{"name":"manifest","template":" "}""", "template must not be blank")]
    [InlineData("""{"name":"manifest","template":"canvas=n1","global":"yes"}""", "global must be true or false")]
    public void checks_the_body(string body, string? fault) =>
        Faults.Of(new DefineNamedQueryValidator(), body).ShouldBeOne(fault);
}

using Dlcs.Kernel.Events;
using Dlcs.Write.Customers;

namespace Dlcs.Unit.Write;

public sealed class RenamingACustomer : Specification<Customer>
{
    private static readonly CustomerCreated Created = new(2, Images.First, "anna", "Library");
    private static readonly RenameCustomer Command = new(2, Images.Second, "Archive");

    private static Decision Rename(Customer customer) => RenameCustomer.Decide(Command, customer);

    [Fact]
    public void changes_the_display_name() =>
        Given(Created).When(Rename).Appends(new CustomerRenamed(2, Images.Second, "Archive"));

    [Fact]
    public void is_done_when_another_completed_the_claim() =>
        Given(Created, new CustomerRenamed(2, Images.Second, "Archive")).When(Rename).AppendsNothing();

    [Fact]
    public void that_is_not_there_is_refused() => Given().When(Rename).IsRejected(RejectionKind.NotFound);

    [Theory]
    [InlineData("""{"displayName":"Archive"}""", null)]
    [InlineData("""{"displayName":null,"name":null,"administrator":null}""", null)]
    [InlineData("""{"name":"emil"}""", "name cannot be changed")]
    [InlineData("""{"name":""}""", "name cannot be changed")]
    [InlineData("""{"administrator":true}""", "administrator cannot be changed")]
    [InlineData("""{"keys":["a"]}""", "keys cannot be changed")]
    [InlineData("""{"created":"2026-01-01T00:00:00Z"}""", "created cannot be changed")]
    [InlineData("""{"displayName":"a\uFFFEb"}""", "displayName must not hold U+FFFE")]
    [InlineData("""{"displayName":""}""", "displayName must not be blank")]
    public void changes_nothing_else(string body, string? fault) =>
        Faults.Of(new RenameCustomerValidator(), body).ShouldBeOne(fault);

    [Fact]
    public async Task frees_the_old_name()
    {
        var log = new InMemoryLog();
        await Acting.CreateCustomer(log, "anna", "Library", 2);
        await Acting.RenameCustomer(log, 2, "Archive");

        (await Acting.CreateCustomer(log, "emil", "Library", 3)).ShouldBe(201);
        (await Acting.CreateCustomer(log, "otto", "Archive", 4)).ShouldBe(409);
    }

    [Fact]
    public async Task to_what_it_is_called_already_appends_nothing()
    {
        var log = new InMemoryLog();
        await Acting.CreateCustomer(log, "anna", "Library", 2);
        var before = log.All.Count;

        (await Acting.RenameCustomer(log, 2, "Library")).ShouldBe(200);

        log.All.Count.ShouldBe(before);
    }

    [Fact]
    public async Task may_change_the_case_of_its_letters()
    {
        var log = new InMemoryLog();
        await Acting.CreateCustomer(log, "anna", "Library", 2);

        (await Acting.RenameCustomer(log, 2, "LIBRARY")).ShouldBe(200);
        (await Acting.CreateCustomer(log, "emil", "Library", 3)).ShouldBe(409);
    }
}

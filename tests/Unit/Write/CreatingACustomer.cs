using System.Text.Json.Nodes;
using Dlcs.Kernel.Events;
using Dlcs.Write.Customers;

namespace Dlcs.Unit.Write;

public sealed class CreatingACustomer : Specification<Customer>
{
    private static readonly CreateCustomer Command = new(2, Images.First, "anna", "Anna's library");
    private static readonly CustomerCreated Created = new(2, Images.First, "anna", "Anna's library");

    private static Decision Create(Customer customer) => CreateCustomer.Decide(Command, customer);

    [Fact]
    public void gives_it_its_names() => Given().When(Create).Appends(Created);

    [Fact]
    public void is_done_when_another_completed_the_claim() => Given(Created).When(Create).AppendsNothing();

    [Fact]
    public void under_a_number_that_is_taken_is_refused() =>
        Given(Created with { Claim = Images.Second }).When(Create).IsRejected(RejectionKind.Conflict);

    [Theory]
    [InlineData("anna_b.c-1", null)]
    [InlineData("", "name must be 1 to 60")]
    [InlineData("anna b", "name must be 1 to 60")]
    [InlineData("anna\n", "name must be 1 to 60")]
    [InlineData("ännä", "name must be 1 to 60")]
    [InlineData("aDMIN", "name must not be the reserved word")]
    [InlineData("v2", "name must not begin with v")]
    [InlineData("victoria", null)]
    [InlineData("7", "name must not be a number")]
    [InlineData("7th", null)]
    [InlineData("..", "name must not be a number, which names another customer, nor dots")]
    [InlineData(null, "name is missing")]
    public void checks_the_name(string? name, string? fault)
    {
        var body = new JsonObject { ["name"] = name, ["displayName"] = "Anna's library" };
        Faults.Of(new CreateCustomerValidator(), body.ToJsonString()).ShouldBeOne(fault);
    }

    [Fact]
    public void tells_all_that_is_wrong_at_once() => Faults
        .Of(new CreateCustomerValidator(), """{"name":5,"displayName":" "}""")
        .ShouldBe(["name must be a string, not a number", "displayName must not be blank"]);

    [Fact]
    public void refuses_a_display_name_that_cannot_be_compared() => Faults
        .Of(new CreateCustomerValidator(), """{"name":"anna","displayName":"Anna\uFFFE"}""")
        .ShouldBeOne("displayName must not hold U+FFFE");

    [Fact]
    public async Task takes_the_next_number_when_one_is_taken()
    {
        var log = new InMemoryLog();
        await Acting.CreateCustomer(log, "anna", "Anna's library", 1, 2);

        (await Acting.CreateCustomer(log, "emil", "Emil's library", 2, 3)).ShouldBe(201);

        var created = log.Stream(StreamName.Customer(3)).ShouldHaveSingleItem().ShouldBeOfType<CustomerCreated>();
        created.Name.ShouldBe("emil");
    }
}

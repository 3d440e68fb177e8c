using System.Text.RegularExpressions;
using Dlcs.Kernel.Events;
using Dlcs.Write.Bodies;
using Dlcs.Write.Claims;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write.Customers;

/// <summary>Creates a customer under the next free number; both its names are its own from then on.</summary>
public sealed record CreateCustomer(
    int Customer, Guid Claim, string Name, string DisplayName, bool Administrator = false)
{
    public CustomerCreated Event => new(Customer, Claim, Name, DisplayName, Administrator);

    public static Decision Decide(CreateCustomer command, Customer customer) =>
        customer.Saw(command.Claim) ? [] // another met the claim and completed it
        : customer.Exists ? Rejection.Conflict($"customer {command.Customer} is there already")
        : [command.Event];
}

public sealed record CustomerBody(Given<string> Name, Given<string> DisplayName) : IBody<CustomerBody>
{
    public static CustomerBody Read(Fields fields) => new(fields.Text("name"), fields.Text("displayName"));
}

public sealed partial class CreateCustomerValidator : AbstractValidator<CustomerBody>
{
    public CreateCustomerValidator()
    {
        RuleFor(x => x.Name).Require(name =>
            !Name().IsMatch(name) ? "must be 1 to 60 of the characters a-z, A-Z, 0-9, '_', '.' and '-'"
            : name.Equals("admin", StringComparison.OrdinalIgnoreCase) ? "must not be the reserved word Admin"
            : name.All(c => char.IsAsciiDigit(c) || c is '.')
                ? "must not be a number, which names another customer, nor dots, which URLs take away"
            : Version().IsMatch(name) ? "must not begin with v and a digit, as IIIF's versions do"
            : null);
        RuleFor(x => x.DisplayName).Require(Checks.Name(200));
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_.-]{1,60}\z")]
    private static partial Regex Name();

    [GeneratedRegex("^[vV][0-9]")]
    private static partial Regex Version();
}

public static class CreateCustomerEndpoint
{
    public static void Map(IEndpointRouteBuilder customers) => customers.MapPost("", Post);

    public static async Task<IResult> Post(
        Body<CustomerBody, CreateCustomerValidator> body, HttpContext http, Caller caller, IEventStore store,
        NextIdHint hint, Show show, CancellationToken ct)
    {
        var (name, displayName) = (body.Value.Name.Value, body.Value.DisplayName.Value);
        while (true)
        {
            var number = await hint(Counted.Customer, 0, ct);
            var stream = StreamName.Customer(number);
            if (number <= Customer.Admin || (await store.Fold<Customer>(stream, ct)).State.Exists) continue;

            var claim = NamedGuid.Of(caller.Metadata.Command, stream.Value);
            var command = new CreateCustomer(number, claim, name, displayName);
            var (taken, decided) = await store.Win<Customer>(
                Bid.For(command.Event), caller.Metadata, customer => CreateCustomer.Decide(command, customer), ct);

            if (taken) return Rejection.Conflict("name or displayName is taken by another customer").ToProblem();
            if (decided is { Decision.Rejection: null })
                return await show( // where another completed the claim, it stands before the end
                    http, new Shown.Customer(number), StatusCodes.Status201Created,
                    decided.Position ?? await store.End(ct));
        }
    }
}

using Dlcs.Kernel.Events;
using Dlcs.Write.Bodies;
using Dlcs.Write.Claims;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write.Customers;

/// <summary>Gives a customer another display name. Its name stands in URLs, and stays.</summary>
public sealed record RenameCustomer(int Customer, Guid Claim, string DisplayName)
{
    public CustomerRenamed Event => new(Customer, Claim, DisplayName);

    public static Decision Decide(RenameCustomer command, Customer customer) =>
        !customer.Exists ? Rejection.NotFound($"there is no customer {command.Customer}")
        : customer.Saw(command.Claim) ? []
        : [command.Event];
}

public sealed record RenameCustomerBody(Given<string> DisplayName) : IBody<RenameCustomerBody>
{
    public static RenameCustomerBody Read(Fields fields)
    {
        fields.RefuseAny("cannot be changed", "administrator", "keys", "created");
        if (fields.Text("name").HasValue) fields.Refused<string>("name", "cannot be changed"); // not to a blank either
        return new(fields.Text("displayName"));
    }
}

public sealed class RenameCustomerValidator : AbstractValidator<RenameCustomerBody>
{
    public RenameCustomerValidator() => RuleFor(x => x.DisplayName).Check(Checks.Name(200));
}

public static class RenameCustomerEndpoint
{
    public static void Map(IEndpointRouteBuilder customer) => customer.MapPatch("", Patch);

    public static async Task<IResult> Patch(
        int customer, Body<RenameCustomerBody, RenameCustomerValidator> body, HttpContext http, Caller caller,
        IEventStore store, Show show, CancellationToken ct)
    {
        var shown = new Shown.Customer(customer);
        var (now, _) = await store.Fold<Customer>(StreamName.Customer(customer), ct);
        var name = body.Value.DisplayName.Or(now.DisplayName);
        if (name == now.DisplayName) return await show(http, shown, StatusCodes.Status200OK, null);

        var command = new RenameCustomer(customer, caller.Metadata.Command, name);
        var (taken, decided) = await store.Win<Customer>(
            Bid.For(command.Event), caller.Metadata, state => RenameCustomer.Decide(command, state), ct);

        if (taken) return Rejection.Conflict($"displayName is taken by another customer").ToProblem();
        if (decided!.Decision.Rejection is { } no) return no.ToProblem();

        var old = decided.Before;
        await new Claiming(store, caller.Metadata)
            .ReleaseOld(command.Claim, StreamName.CustomerDisplayName(old.DisplayName), old.DisplayClaim, ct);
        return await show(http, shown, StatusCodes.Status200OK, decided.Position ?? await store.End(ct));
    }
}

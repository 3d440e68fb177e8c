using Dlcs.Kernel.Events;
using Dlcs.Write.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write.Keys;

/// <summary>Ends a key. One that is not there is as good as revoked.</summary>
public sealed record RevokeKey(int Customer, Guid Key)
{
    public static Decision Decide(RevokeKey command, Customer customer) =>
        !customer.Keys.ContainsKey(command.Key) ? []
        : customer is { Administrator: true, Keys.Count: 1 }
            ? Rejection.Invalid("the last key of an administrator cannot be deleted: issue another first")
        : [new KeyRevoked(command.Customer, command.Key)];
}

public static class RevokeKeyEndpoint
{
    public static void Map(IEndpointRouteBuilder keys) => keys.MapDelete("/{key}", Delete);

    public static async Task<IResult> Delete(
        int customer, string key, HttpContext http, Caller caller, IEventStore store, Show show, CancellationToken ct)
    {
        var command = new RevokeKey(customer, Guid.TryParse(key, out var id) ? id : Guid.Empty);
        var decided = await store.Decide<Customer>(
            StreamName.Customer(customer), caller.Metadata, state => RevokeKey.Decide(command, state), ct);

        return decided.Decision.Rejection?.ToProblem()
            ?? await show(http, new Shown.Nothing(), StatusCodes.Status204NoContent, decided.Position);
    }
}

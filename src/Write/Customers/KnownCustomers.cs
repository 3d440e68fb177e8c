using System.Collections.Concurrent;
using System.Globalization;
using Dlcs.Kernel.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Write.Customers;

/// <summary>
/// Which customers are there. Since none is ever deleted, one that was seen is not looked up again; one that was not
/// is.
/// </summary>
public sealed class KnownCustomers(IEventStore store)
{
    private readonly ConcurrentDictionary<int, bool> seen = [];

    public async ValueTask<bool> Has(int customer, CancellationToken ct)
    {
        if (seen.ContainsKey(customer)) return true;
        var (state, _) = await store.Fold<Customer>(StreamName.Customer(customer), ct);
        if (state.Exists) seen.TryAdd(customer, true);
        return state.Exists;
    }

    /// <summary>What stands under an unknown customer is unknown.</summary>
    internal static async ValueTask<object?> Filter(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var customer = int.Parse((string)http.GetRouteValue("customer")!, CultureInfo.InvariantCulture);
        return await http.RequestServices.GetRequiredService<KnownCustomers>().Has(customer, http.RequestAborted)
            ? await next(context)
            : Rejection.NotFound($"there is no customer {customer}").ToProblem();
    }
}

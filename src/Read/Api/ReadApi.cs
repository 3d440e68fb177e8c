using System.Globalization;
using Dlcs.Read.Customers;
using Dlcs.Read.Images;
using Dlcs.Read.Projecting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Read.Api;

/// <summary>What the queries of the API read from.</summary>
public sealed record ReadApi(Views Views, IImageIndex Images, UrlSettings Settings)
{
    public Urls Urls(HttpContext http) => Settings.For(http.Request);

    /// <summary>Nothing below a customer that does not exist exists.</summary>
    public static RouteGroupBuilder MapCustomer(IEndpointRouteBuilder api) =>
        api.MapGroup("/customers/{customer:int}").AddEndpointFilter(KnowCustomer);

    private static async ValueTask<object?> KnowCustomer(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var views = http.RequestServices.GetRequiredService<ReadApi>().Views;
        var customer = int.Parse((string)http.GetRouteValue("customer")!, CultureInfo.InvariantCulture); // as 01 and +1
        return await views.Find(ViewDefinitions.Customers, CustomerView.Key(customer), http.RequestAborted) is null
            ? Hydra.NotFound($"there is no customer {customer}") : await next(context);
    }
}

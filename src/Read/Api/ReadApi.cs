using Dlcs.Read.Images;
using Dlcs.Read.Projecting;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Read.Api;

/// <summary>What the queries of the API read from.</summary>
public sealed record ReadApi(Views Views, IImageIndex Images, UrlSettings Settings)
{
    public Urls Urls(HttpContext http) => Settings.For(http.Request);

    /// <summary>Nothing below a customer that does not exist exists.</summary>
    public async ValueTask<object?> KnowCustomer(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var customer = context.HttpContext.Request.RouteValues["customer"]?.ToString() ?? "";
        return await Views.Find(ViewDefinitions.Customers, customer, context.HttpContext.RequestAborted) is null
            ? Hydra.NotFound($"there is no customer {customer}") : await next(context);
    }
}

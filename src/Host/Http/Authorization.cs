using System.Globalization;
using Microsoft.AspNetCore.Authorization;

namespace Dlcs.Host.Http;

/// <summary>
/// Who may do what on the API host: a key acts for its own customer; an administrator's for any, and alone where no
/// customer is named.
/// </summary>
public static class Authorization
{
    public static async Task Check(HttpContext http, RequestDelegate next)
    {
        var endpoint = http.GetEndpoint();
        var isOpen = endpoint?.Metadata.GetMetadata<Listener>() is null
            || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        if (isOpen || IsAllowed(http))
        {
            await next(http);
            return;
        }
        if (http.User.Identity is { IsAuthenticated: true })
            await Results.Problem(
                "This key is of another customer", statusCode: StatusCodes.Status401Unauthorized, title: "Unauthorized")
                .ExecuteAsync(http);
        else
            await Microsoft.AspNetCore.Authentication.AuthenticationHttpContextExtensions.ChallengeAsync(http);
    }

    private static bool IsAllowed(HttpContext http)
    {
        if (http.User.Identity is not { IsAuthenticated: true }) return false;
        if (http.User.HasClaim("administrator", "true")) return true;
        var own = http.User.FindFirst("customer")?.Value;
        return http.Request.RouteValues["customer"] is { } customer
            ? Convert.ToString(customer, CultureInfo.InvariantCulture) == own
            : http.Request.Path == "/customers"; // creating one is refused with a sentence of its own
    }
}

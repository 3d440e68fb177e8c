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
        if (isOpen || IsAllowed(http)) await next(http);
        else if (IsKnown(http) && CustomerOf(http) is null)
            await Results.Problem(
                "Only an administrator's key may do this", statusCode: StatusCodes.Status403Forbidden,
                title: "Forbidden").ExecuteAsync(http);
        else await Microsoft.AspNetCore.Authentication.AuthenticationHttpContextExtensions.ChallengeAsync(http);
    }

    private static bool IsAllowed(HttpContext http) => IsKnown(http)
        && (http.User.HasClaim("administrator", "true")
            || (CustomerOf(http) is { } customer && http.User.HasClaim("customer", customer)));

    private static bool IsKnown(HttpContext http) => http.User.Identity is { IsAuthenticated: true };

    /// <summary>The number of the customer that the path names, as claims hold it.</summary>
    private static string? CustomerOf(HttpContext http) =>
        int.TryParse(http.Request.RouteValues["customer"] as string, CultureInfo.InvariantCulture, out var customer)
            ? customer.ToString(CultureInfo.InvariantCulture) : null;
}

using System.Security.Claims;
using Dlcs.Host.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Unit.Http;

/// <summary>Who may ask what of the API.</summary>
public sealed class LettingIn
{
    [Theory]
    [InlineData("2", "2", 200)]
    [InlineData("2", "02", 200)]
    [InlineData("2", "+2", 200)]
    [InlineData("2", "3", 401)]
    [InlineData("2", null, 403)] // as POST /customers, whatever its body
    [InlineData("1 administrator", "3", 200)]
    [InlineData("1 administrator", null, 200)]
    [InlineData(null, "2", 401)]
    [InlineData(null, null, 401)]
    public async Task knows_whose_key_it_is(string? key, string? customer, int status)
    {
        var http = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddLogging().AddProblemDetails()
                .AddSingleton<IAuthenticationService, Challenges>().BuildServiceProvider(),
        };
        if (key?.Split(' ') is [var own, .. var administrator])
            http.User = new(new ClaimsIdentity(
                [new("customer", own), .. administrator.Select(name => new Claim(name, "true"))], "test"));
        if (customer is not null) http.Request.RouteValues["customer"] = customer;
        http.SetEndpoint(new Endpoint(requestDelegate: null, new(new Listener(8081)), displayName: null));

        await Authorization.Check(http, _ => Task.CompletedTask);

        http.Response.StatusCode.ShouldBe(status);
    }

    private sealed class Challenges : IAuthenticationService
    {
        public Task ChallengeAsync(HttpContext context, string? scheme, AuthenticationProperties? properties)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        public Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme) =>
            throw new NotSupportedException();

        public Task ForbidAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) =>
            throw new NotSupportedException();

        public Task SignInAsync(
            HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties? properties) =>
            throw new NotSupportedException();

        public Task SignOutAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) =>
            throw new NotSupportedException();
    }
}

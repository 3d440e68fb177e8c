using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Dlcs.Read.Customers;
using Dlcs.Read.Projecting;
using Dlcs.Write.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Dlcs.Host.Http;

/// <summary>
/// HTTP Basic (RFC 7617) with a customer's key and its secret. Only the secret's hash is known here; it is compared in
/// constant time, and in the same time for a key that does not exist.
/// </summary>
public sealed class BasicAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Basic";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
            || !header.Scheme.Equals(SchemeName, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        if (Decode(header.Parameter) is not [var name, var secret])
            return AuthenticateResult.Fail("the Authorization header is not key:secret in base64");

        var views = Context.RequestServices.GetRequiredService<Views>();
        var key = Guid.TryParse(name, out var id) ? await Keys.Find(id, views, Context.RequestAborted) : null;
        var matches = Secret.Matches(secret, key?.SecretHash ?? Secret.NoHash);
        if (!matches || key is null) return AuthenticateResult.Fail("the key or its secret is wrong");

        var administrator = await Keys.IsAdministrator(key, views, Context.RequestAborted);
        return AuthenticateResult.Success(new(Signed(key, administrator), SchemeName));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Basic realm=\"dlcs\", charset=\"UTF-8\"";
        var seen = await HandleAuthenticateOnceSafeAsync();
        var why = seen.Succeeded ? "This key is of another customer"
            : seen.Failure?.Message ?? "This needs a key: send it and its secret as HTTP Basic";
        await Results.Problem(why, statusCode: StatusCodes.Status401Unauthorized, title: "Unauthorized")
            .ExecuteAsync(Context);
    }

    private static ClaimsPrincipal Signed(KeyView key, bool administrator) => new(new ClaimsIdentity(
        [
            new("key", key.Id.ToString()),
            new("customer", key.Customer.ToString(CultureInfo.InvariantCulture)),
            .. administrator ? [new Claim("administrator", "true")] : Array.Empty<Claim>(),
        ],
        SchemeName, "key", roleType: null));

    private static string[]? Decode(string? parameter)
    {
        var bytes = new byte[parameter?.Length ?? 0];
        return Convert.TryFromBase64String(parameter ?? "", bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) : null;
    }
}

using System.Text.RegularExpressions;
using Dlcs.Kernel.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Write;

/// <summary>Who sends the request, and how. Only here does a command get its id and its time.</summary>
/// <param name="Customer">Whose key signed it; <c>null</c> without a key.</param>
/// <param name="RespondAsync">It waits for nothing (RFC 7240, section 4.1).</param>
/// <param name="Api">What the API's ids begin with for this caller, without a slash at the end.</param>
public sealed partial record Caller(
    Metadata Metadata, int? Customer, bool Administrator, bool RespondAsync, string Api)
{
    /// <summary>The claim that holds the key's id.</summary>
    public const string KeyClaim = "key";

    /// <summary>The claim that holds the number of the key's customer.</summary>
    public const string CustomerClaim = "customer";

    /// <summary>A claim that is there, whatever it holds, when the customer acts for every customer.</summary>
    public const string AdministratorClaim = "administrator";

    /// <summary>The header, of requests and of answers, with what the client calls the affair.</summary>
    public const string CorrelationHeader = "x-correlation-id";

    private const int HeaderCount = 16;
    private const int HeaderLength = 128;

    public static ValueTask<Caller> BindAsync(HttpContext http)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var command = Guid.CreateVersion7(now);
        var headers = Kept(http.Request.Headers);
        var correlation = headers.Remove(CorrelationHeader, out var given) ? given : http.TraceIdentifier;
        var user = http.User;

        return new(new Caller(
            new(command, user.FindFirst(KeyClaim)?.Value, Metadata.Whole(now), correlation,
                Headers: headers.Count > 0 ? headers : null),
            int.TryParse(user.FindFirst(CustomerClaim)?.Value, out var customer) ? customer : null,
            user.HasClaim(c => c.Type == AdministratorClaim),
            WaitsForNothing(http.Request),
            http.RequestServices.GetRequiredService<WriteSettings>().ApiUrl?.TrimEnd('/')
                ?? $"{http.Request.Scheme}://{http.Request.Host.ToUriComponent()}{http.Request.PathBase}"));
    }

    /// <summary>Whether it prefers <c>respond-async</c> (RFC 7240, section 4.1).</summary>
    public static bool WaitsForNothing(HttpRequest request) =>
        request.Headers["Prefer"].ToString().Contains("respond-async", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an id is short enough, and of no control characters: cut, it would name another.</summary>
    public static bool IsKept(string id) => id.Length is > 0 and <= HeaderLength && !id.Any(char.IsControl);

    /// <summary>What is not kept is left out.</summary>
    private static Dictionary<string, string> Kept(IHeaderDictionary headers) => headers
        .Select(h => (Name: h.Key.ToLowerInvariant(), Value: h.Value.ToString()))
        .Where(h => IdHeader().IsMatch(h.Name) && IsKept(h.Value))
        .OrderBy(h => h.Name == CorrelationHeader ? 0 : 1).ThenBy(h => h.Name, StringComparer.Ordinal)
        .Take(HeaderCount)
        .ToDictionary(h => h.Name, h => h.Value);

    [GeneratedRegex("^x-[a-z0-9-]{1,64}-id$")]
    private static partial Regex IdHeader();
}

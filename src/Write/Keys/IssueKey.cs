using Dlcs.Kernel.Events;
using Dlcs.Write.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write.Keys;

/// <summary>Gives a customer one more key. Whoever asks sees the secret, once.</summary>
public sealed record IssueKey(int Customer, Guid Key, string Secret)
{
    /// <summary>Most keys of one customer at a time.</summary>
    public const int Most = 100;

    public static Decision Decide(IssueKey command, Customer customer)
    {
        if (!customer.Exists) return Rejection.NotFound($"there is no customer {command.Customer}");
        if (customer.Keys.Count >= Most)
            return Rejection.Conflict($"customer {command.Customer} has {Most} keys: revoke one first");
        return [new KeyIssued(command.Customer, command.Key, Keys.Secret.Hash(command.Secret))];
    }
}

public static class IssueKeyEndpoint
{
    public static void Map(IEndpointRouteBuilder keys) => keys.MapPost("", Post);

    public static async Task<IResult> Post(
        int customer, HttpContext http, Caller caller, IEventStore store, Show show, CancellationToken ct)
    {
        var key = NamedGuid.Of(caller.Metadata.Command, "key");
        var command = new IssueKey(customer, key, Secret.Random());
        var decided = await store.Decide<Customer>(
            StreamName.Customer(customer), caller.Metadata, state => IssueKey.Decide(command, state), ct);
        if (decided.Decision.Rejection is { } no) return no.ToProblem();

        http.Response.Headers.CacheControl = "no-store";
        var body = new Dictionary<string, object>
        {
            ["@context"] = $"{caller.Api}/contexts/Key.jsonld",
            ["@id"] = FormattableString.Invariant($"{caller.Api}/customers/{customer}/keys/{key}"),
            ["@type"] = "vocab:Key",
            ["key"] = key,
            ["secret"] = command.Secret,
        };
        return await show(http, new Shown.Rendered(body), StatusCodes.Status200OK, decided.Position);
    }
}

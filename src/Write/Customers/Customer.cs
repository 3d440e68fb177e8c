using System.Collections.Immutable;
using Dlcs.Kernel.Events;
using Dlcs.Write.Claims;

namespace Dlcs.Write.Customers;

/// <summary>What deciders need to know of a customer. It is never deleted.</summary>
/// <param name="Number">0 while there is none.</param>
/// <param name="NameClaim">The claim by which it bears its name.</param>
/// <param name="DisplayClaim">The claim by which it bears its display name.</param>
/// <param name="Claims">Every claim whose event came.</param>
/// <param name="Keys">The hashes of the keys' secrets.</param>
/// <param name="Revoked">Keys that are not valid any more.</param>
public sealed record Customer(
    int Number, string Name, string DisplayName, bool Administrator, Guid NameClaim, Guid DisplayClaim,
    ImmutableHashSet<Guid> Claims, ImmutableDictionary<Guid, string> Keys, ImmutableHashSet<Guid> Revoked)
    : IState<Customer>, IBearer
{
    /// <summary>The customer that is there from the first start on.</summary>
    public const int Admin = 1;

    public static Customer Initial { get; } =
        new(0, "", "", Administrator: false, Guid.Empty, Guid.Empty, [], ImmutableDictionary<Guid, string>.Empty, []);

    public bool Exists => Number > 0;

    public bool Saw(Guid claim) => Claims.Contains(claim);

    public bool Bears(StreamName name, Guid claim) => Exists
        && ((claim == NameClaim && name == StreamName.CustomerName(Name))
            || (claim == DisplayClaim && name == StreamName.CustomerDisplayName(DisplayName)));

    public bool Takes(IEvent then) => then is CustomerCreated ? !Exists : Exists;

    public static Customer Evolve(Customer customer, Recorded recorded) => recorded.Event switch
    {
        CustomerCreated e => new(
            e.Customer, e.Name, e.DisplayName, e.Administrator, e.Claim, e.Claim, [e.Claim], customer.Keys,
            customer.Revoked),
        CustomerRenamed e => customer with
        {
            DisplayName = e.DisplayName,
            DisplayClaim = e.Claim,
            Claims = customer.Claims.Add(e.Claim),
        },
        KeyIssued e => customer with
        {
            Keys = customer.Keys.SetItem(e.Key, e.SecretHash),
            Revoked = customer.Revoked.Remove(e.Key),
        },
        KeyRevoked e => customer with
        {
            Keys = customer.Keys.Remove(e.Key),
            Revoked = customer.Revoked.Add(e.Key),
        },
        RedactedEvent => customer,
        _ => throw new UnknownEventException(recorded),
    };
}

using Dlcs.Kernel.Events;
using Dlcs.Write.Claims;

namespace Dlcs.Write.Customers;

/// <summary>
/// Sees to it that customer 1 is there and has a key: the given one unless it was revoked, or, when it has none at all,
/// a random one. Done again, or by many at once, it changes nothing.
/// </summary>
/// <param name="Secret">Of the given key; at least <see cref="Keys.Secret.LeastLength"/> characters.</param>
public sealed record EnsureAdmin(Guid? Key = null, string? Secret = null)
{
    private static readonly StreamName Stream = StreamName.Customer(Customer.Admin);

    public static Decision Decide(Guid key, string secret, bool given, Customer admin) =>
        (given && (Has(admin, key, secret) || admin.Revoked.Contains(key))) || (!given && !admin.Keys.IsEmpty)
            ? []
            : [new KeyIssued(Customer.Admin, key, Keys.Secret.Hash(secret))];

    /// <returns>The key; with its secret only when it was issued now.</returns>
    /// <exception cref="ArgumentException">Only one of key and secret is given, or the secret is too short.</exception>
    public static async Task<EnsuredAdmin> Run(
        IEventStore store, EnsureAdmin command, DateTimeOffset now, CancellationToken ct)
    {
        if (command.Key is null != command.Secret is null)
            throw new ArgumentException("the admin's key and secret must be given together");
        if (command.Secret is { Length: < Keys.Secret.LeastLength })
            throw new ArgumentException($"the admin's secret must have at least {Keys.Secret.LeastLength} characters");

        var id = Guid.CreateVersion7(now);
        var metadata = new Metadata(id, By: null, Metadata.Whole(now), id.ToString());
        await Create(store, metadata, ct);

        var (key, secret) = (command.Key ?? NamedGuid.Of(id, "key"), command.Secret ?? Keys.Secret.Random());
        var decided = await store.Decide<Customer>(
            Stream, metadata, admin => Decide(key, secret, command.Key is not null, admin), ct);
        return decided.Position is null
            ? new(command.Key ?? decided.Before.Keys.Keys.First(), Secret: null, Position: null)
            : new(key, secret, decided.Position);
    }

    private static async Task Create(IEventStore store, Metadata metadata, CancellationToken ct)
    {
        while (!(await store.Fold<Customer>(Stream, ct)).State.Exists)
        {
            var create = new CreateCustomer(
                Customer.Admin, metadata.Command, "admin", "Administrator", Administrator: true);
            var (taken, _) = await store.Win<Customer>(
                Bid.For(create.Event), metadata, admin => CreateCustomer.Decide(create, admin), ct);
            if (taken && !(await store.Fold<Customer>(Stream, ct)).State.Exists)
                throw new InvalidOperationException("another customer bears the administrator's name");
        }
    }

    private static bool Has(Customer admin, Guid key, string secret) =>
        admin.Keys.TryGetValue(key, out var hash) && Keys.Secret.Matches(secret, hash);
}

/// <param name="Secret"><c>null</c> when the key was there before.</param>
/// <param name="Position">Where it was issued; <c>null</c> when it was there before.</param>
public sealed record EnsuredAdmin(Guid Key, string? Secret, Position? Position);

using Dlcs.Kernel.Events;

namespace Dlcs.Read.Customers;

/// <summary>A key, for those who must tell whether a request is signed by its holder.</summary>
/// <param name="SecretHash">SHA-256 of the secret, lower-case hex.</param>
public sealed record KeyView(Guid Id, int Customer, string SecretHash) : IView<KeyView>
{
    public static IReadOnlyList<string> Keys(Recorded recorded) => recorded.Event switch
    {
        KeyIssued e => [e.Key.ToString()],
        KeyRevoked e => [e.Key.ToString()],
        ICustomerEvent or ISpaceEvent or IImageEvent or IBatchEvent or INamedQueryEvent or IClaimEvent
            or RedactedEvent => [],
        _ => throw new UnknownEventException(recorded),
    };

    public static KeyView? Evolve(string key, KeyView? view, Recorded recorded) => recorded.Event switch
    {
        KeyIssued e => new(e.Key, e.Customer, e.SecretHash),
        KeyRevoked => null,
        _ => throw new UnknownEventException(recorded),
    };
}

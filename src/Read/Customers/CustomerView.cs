using System.Globalization;
using Dlcs.Kernel.Events;

namespace Dlcs.Read.Customers;

/// <summary>A customer as the API shows it.</summary>
/// <param name="Administrator">May act for every customer.</param>
/// <param name="KeyIds">The ids of its keys, oldest first.</param>
public sealed record CustomerView(
    int Id, string Name, string DisplayName, DateTimeOffset Created, bool Administrator, IReadOnlyList<Guid> KeyIds)
    : IView<CustomerView>
{
    public static string Key(int customer) => customer.ToString(CultureInfo.InvariantCulture);

    public static IReadOnlyList<string> Keys(Recorded recorded) => recorded.Event switch
    {
        ICustomerEvent e => [Key(e.Customer)],
        ISpaceEvent or IImageEvent or IBatchEvent or INamedQueryEvent or IClaimEvent or RedactedEvent => [],
        _ => throw new UnknownEventException(recorded),
    };

    public static CustomerView? Evolve(string key, CustomerView? view, Recorded recorded) =>
        (recorded.Event, view) switch
        {
            (CustomerCreated e, _) =>
                new(e.Customer, e.Name, e.DisplayName, recorded.Metadata.At, e.Administrator, []),
            (CustomerRenamed e, not null) => view with { DisplayName = e.DisplayName },
            (KeyIssued e, not null) => view with { KeyIds = [.. view.KeyIds, e.Key] },
            (KeyRevoked e, not null) => view with { KeyIds = [.. view.KeyIds.Where(k => k != e.Key)] },
            (RedactedEvent, _) => view,
            _ => throw new UnknownEventException(recorded),
        };
}

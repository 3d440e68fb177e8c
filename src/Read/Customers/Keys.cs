using Dlcs.Read.Projecting;

namespace Dlcs.Read.Customers;

/// <summary>Whose a key is.</summary>
public static class Keys
{
    /// <summary>The key; <c>null</c> when there is none of that id, or no more.</summary>
    public static Task<KeyView?> Find(Guid id, Views views, CancellationToken ct) =>
        views.Find(ViewDefinitions.Keys, id.ToString(), ct);

    public static async Task<bool> IsAdministrator(KeyView key, Views views, CancellationToken ct) =>
        await views.Find(ViewDefinitions.Customers, CustomerView.Key(key.Customer), ct) is { Administrator: true };

    /// <summary>The customer of that name, or number.</summary>
    public static async Task<int?> CustomerNamed(string name, Views views, CancellationToken ct) =>
        await views.List(ViewDefinitions.Customers, "label = $1 or key = $1", [name], "(key = $1) desc, key", 0, 1, ct)
            is [var found] ? found.Id : null;
}

using Dlcs.Kernel;

namespace Dlcs.Write.Images;

/// <summary>How roles are kept: a customer's own by name alone, so that the API's address may change.</summary>
public static class Roles
{
    /// <summary><c>{api}/customers/2/roles/clickthrough</c> becomes <c>clickthrough</c>; anything else stays.</summary>
    public static IReadOnlyList<string> Kept(IEnumerable<string> roles, int customer, string api) =>
        [.. roles.Select(role => OwnRole.Kept(role, customer, api)).Distinct(StringComparer.Ordinal)];
}

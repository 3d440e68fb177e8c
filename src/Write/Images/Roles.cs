namespace Dlcs.Write.Images;

/// <summary>How roles are kept: a customer's own by name alone, so that the API's address may change.</summary>
public static class Roles
{
    /// <summary><c>{api}/customers/2/roles/clickthrough</c> becomes <c>clickthrough</c>; anything else stays.</summary>
    public static IReadOnlyList<string> Kept(IEnumerable<string> roles, int customer, string api)
    {
        var own = FormattableString.Invariant($"{api}/customers/{customer}/roles/");
        return [.. roles.Select(role => Kept(role, own)).Distinct(StringComparer.Ordinal)];
    }

    private static string Kept(string role, string own) =>
        role.StartsWith(own, StringComparison.OrdinalIgnoreCase) && role.Length > own.Length
            ? Uri.UnescapeDataString(role[own.Length..].TrimEnd('/'))
            : role;
}

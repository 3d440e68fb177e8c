namespace Dlcs.Kernel;

/// <summary>How a customer's own roles are kept: by name alone, so that the API's address may change.</summary>
public static class OwnRole
{
    /// <summary>
    /// <c>{api}/customers/2/roles/clickthrough</c> becomes <c>clickthrough</c>; anything else stays, and what would
    /// unescape to nothing, or to characters that no store takes.
    /// </summary>
    public static string Kept(string role, int customer, string api)
    {
        var own = Begin(customer, api);
        if (!role.StartsWith(own, StringComparison.OrdinalIgnoreCase)) return role;
        var name = Uri.UnescapeDataString(role[own.Length..].TrimEnd('/'));
        return string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl) ? role : name;
    }

    /// <summary>As clients see it: <see cref="Kept"/> makes the same of it again.</summary>
    public static string Url(string role, int customer, string api) =>
        role.Contains("://", StringComparison.Ordinal) ? role : Begin(customer, api) + Uri.EscapeDataString(role);

    private static string Begin(int customer, string api) =>
        FormattableString.Invariant($"{api}/customers/{customer}/roles/");
}

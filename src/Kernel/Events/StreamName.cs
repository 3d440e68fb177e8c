using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dlcs.Kernel.Events;

/// <summary>The stream that holds one aggregate's events, as <c>category-id</c>.</summary>
public readonly record struct StreamName(string Value)
{
    /// <summary>What stands before the first hyphen: <c>image</c>.</summary>
    public string Category => Value[..Value.IndexOf('-', StringComparison.Ordinal)];

    public static StreamName Customer(int customer) => new(Invariant($"customer-{customer}"));

    public static StreamName Batch(int batch) => new(Invariant($"batch-{batch}"));

    public static StreamName CustomerName(string name) => new($"customername-{Hash(name)}");

    public static StreamName CustomerDisplayName(string name) => new($"customerdisplayname-{Hash(name)}");

    public static StreamName SpaceName(int customer, string name) =>
        new(Invariant($"spacename-{customer}/{Hash(name)}"));

    public static StreamName NamedQuery(int customer, string name) =>
        new(Invariant($"namedquery-{customer}/{Hash(name)}"));

    public override string ToString() => Value;

    /// <summary>SHA-256 of the name, NFC, case-folded: equal for names that people call equal.</summary>
    private static string Hash(string name) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(Fold(name.Normalize(NormalizationForm.FormC)))));

    /// <summary>By way of upper case, which letters of one sound share that lower case keeps apart.</summary>
    private static string Fold(string name) => name
        .Replace("ß", "ss", StringComparison.Ordinal).Replace("ẞ", "ss", StringComparison.Ordinal)
        .ToUpperInvariant().ToLowerInvariant();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

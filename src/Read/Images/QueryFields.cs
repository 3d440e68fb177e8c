using System.Text.Json;

namespace Dlcs.Read.Images;

/// <summary>What clients call the fields (<see cref="ImageFields"/>), and what each can be used for.</summary>
internal static class QueryFields
{
    /// <summary>Of a list: not one of the values, each of them.</summary>
    private const string All = "All";

    /// <summary>What can be selected by.</summary>
    public static IReadOnlyList<string> Selections { get; } =
        [.. Named(FieldUses.Select), .. Named(FieldUses.Select).Where(n => Of(n).IsList).Select(n => n + All)];

    /// <summary>What <c>orderBy</c> takes.</summary>
    public static IReadOnlyList<string> Orders { get; } = [.. Named(FieldUses.Order)];

    /// <summary>What <c>facets</c> takes.</summary>
    public static IReadOnlyList<string> Facets { get; } = [.. Named(FieldUses.Facet)];

    /// <summary>What <c>q</c> takes.</summary>
    public static IReadOnlyList<string> Members { get; } = ["text", .. Selections];

    private static readonly string[] Parameters =
        [.. Members.Where(m => m is "text" || Of(m).Uses.HasFlag(FieldUses.Parameter))];

    /// <summary>What of a URL's parameters selects, whichever case it is sent in; <c>null</c>: it is none.</summary>
    public static string? Parameter(string name) => Known(Parameters, name);

    /// <summary>What <c>q</c>'s member is called, whichever case it is sent in; <c>null</c>: it is none.</summary>
    public static string? Member(string name) => Known(Members, name);

    public static string Name(ImageField field) => JsonNamingPolicy.CamelCase.ConvertName(field.ToString());

    /// <exception cref="ArgumentException">No field is called so.</exception>
    public static ImageField Field(string name) =>
        Enum.Parse<ImageField>(IsAll(name) ? name[..^All.Length] : name, ignoreCase: true);

    public static FieldDefinition Of(string name) => ImageFields.Of(Field(name));

    /// <summary>Whether every value that is named must be there.</summary>
    public static bool IsAll(string name) => name.EndsWith(All, StringComparison.Ordinal);

    private static string? Known(IEnumerable<string> names, string name) =>
        names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Named(FieldUses use) =>
        ImageFields.All.Where(f => f.Uses.HasFlag(use)).Select(f => Name(f.Field));
}

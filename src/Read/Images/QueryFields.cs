namespace Dlcs.Read.Images;

/// <summary>What clients call the fields, and what each can be used for.</summary>
internal static class QueryFields
{
    public static readonly string[] Texts = ["string1", "string2", "string3", "id", "mediaType", "error", "origin"];
    public static readonly string[] Measures = ["number1", "number2", "number3", "width", "height"];
    public static readonly string[] Ids = ["space", "batch"];
    public static readonly string[] Times = ["created", "finished"];
    public static readonly string[] Lists = ["tags", "roles", "manifests"];
    public static readonly string[] Whole = ["tagsAll", "rolesAll", "manifestsAll"];

    /// <summary>Not parameters of their own: their names mean other things in a URL, or may come to.</summary>
    private static readonly string[] OnlyInQ = ["id", "batch", "width", "height"];

    /// <summary>What can be selected by.</summary>
    public static IReadOnlyList<string> Selections { get; } =
        [.. Texts, .. Measures, .. Ids, .. Times, .. Lists, .. Whole];

    /// <summary>What <c>orderBy</c> takes.</summary>
    public static IReadOnlyList<string> Orders { get; } =
        [.. Texts, .. Measures, .. Ids, .. Times, "ingesting", "maxUnauthorised"];

    /// <summary>What <c>facets</c> takes.</summary>
    public static IReadOnlyList<string> Facets { get; } =
    [
        "string1", "string2", "string3", "mediaType", "error", .. Measures, .. Ids, .. Lists, "ingesting",
        "maxUnauthorised",
    ];

    /// <summary>What <c>q</c> takes.</summary>
    public static IReadOnlyList<string> Members { get; } = ["text", .. Selections];

    private static readonly string[] Parameters = [.. Members.Except(OnlyInQ)];

    /// <summary>What of a URL's parameters selects, whichever case it is sent in; <c>null</c>: it is none.</summary>
    public static string? Parameter(string name) => Known(Parameters, name);

    /// <summary>What <c>q</c>'s member is called, whichever case it is sent in; <c>null</c>: it is none.</summary>
    public static string? Member(string name) => Known(Members, name);

    /// <exception cref="ArgumentException">No field is called so.</exception>
    public static ImageField Field(string name) => name switch
    {
        "tagsAll" => ImageField.Tags,
        "rolesAll" => ImageField.Roles,
        "manifestsAll" => ImageField.Manifests,
        _ => Enum.Parse<ImageField>(name, ignoreCase: true),
    };

    private static string? Known(IEnumerable<string> names, string name) =>
        names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
}

using Dlcs.Read.Projecting;

namespace Dlcs.Read.Images.Elastic;

/// <summary>What of an image can be asked for, as fields of the engine.</summary>
internal static class ElasticFields
{
    /// <summary>All words of the image, at their places.</summary>
    public const string Words = "words";

    private const string Beginning = "_sorted";

    /// <summary>The view, and the layout of its documents: another layout is another version.</summary>
    public static ViewDefinition<ImageView> Definition { get; } =
        new("images", ImageView.Version, ReadJson.Default.ImageView, [], [], KeepsHistory: true);

    /// <summary>Compared as they are; such a field is never analysed.</summary>
    public static IReadOnlyList<string> Keywords { get; } =
    [
        "customer", .. Enum.GetValues<ImageField>().Where(f => IsText(f) && f is not ImageField.Origin)
            .Select(ImageFields.Name),
    ];

    /// <summary>Nearly every image has another one: only found by, never sorted by or counted.</summary>
    public static IReadOnlyList<string> Singular { get; } = ["key", ImageFields.Name(ImageField.Origin)];

    /// <summary>The beginnings of long texts: only sorted by.</summary>
    public static IReadOnlyList<string> Beginnings { get; } =
        [.. Enum.GetValues<ImageField>().Where(ImageFields.IsLong).Select(Sorted)];

    /// <summary>Numbers, and times as UTC ticks.</summary>
    public static IReadOnlyList<string> Numbers { get; } =
    [
        "from_at", "to_at",
        .. Enum.GetValues<ImageField>()
            .Where(f => !IsText(f) && f is not (ImageField.Ingesting or ImageField.MaxUnauthorised))
            .Select(ImageFields.Name),
    ];

    /// <summary>Numbers that are never all that is asked for: looked at where the rest is found.</summary>
    public static IReadOnlyList<string> Looked { get; } =
        ["from_pos", "to_pos", ImageFields.Name(ImageField.MaxUnauthorised)];

    public static IReadOnlyList<string> Flags { get; } = ["ingesting", "ready"];

    /// <summary>Whether what a field holds is a text, or many.</summary>
    public static bool IsText(ImageField field) => ImageFields.IsText(field)
        || (ImageFields.IsList(field) && field is not ImageField.Batches);

    /// <summary>What images are sorted by.</summary>
    public static string Sorted(ImageField field) =>
        ImageFields.IsLong(field) ? ImageFields.Name(field) + Beginning : ImageFields.Name(field);
}

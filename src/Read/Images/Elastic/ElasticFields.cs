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
        new("images", Version: 3, ReadJson.Default.ImageView, [], [], Versions: true);

    /// <summary>Compared as they are; such a field is never analysed.</summary>
    public static IReadOnlyList<string> Keywords { get; } =
    [
        "key", "customer", .. Enum.GetValues<ImageField>().Where(IsText).Select(ImageFields.Name),
    ];

    /// <summary>The beginnings of long texts: only sorted by.</summary>
    public static IReadOnlyList<string> Beginnings { get; } =
        [.. Enum.GetValues<ImageField>().Where(ImageFields.IsLong).Select(Sorted)];

    /// <summary>Numbers, and times as UTC ticks.</summary>
    public static IReadOnlyList<string> Numbers { get; } =
    [
        "from_pos", "from_at", "to_pos", "to_at",
        .. Enum.GetValues<ImageField>().Where(f => !IsText(f) && f is not ImageField.Ingesting)
            .Select(ImageFields.Name),
    ];

    public static IReadOnlyList<string> Flags { get; } = ["ingesting", "ready"];

    /// <summary>Whether what a field holds is a text, or many.</summary>
    public static bool IsText(ImageField field) => ImageFields.IsText(field)
        || (ImageFields.IsList(field) && field is not ImageField.Batches);

    /// <summary>What images are sorted by.</summary>
    public static string Sorted(ImageField field) =>
        ImageFields.IsLong(field) ? ImageFields.Name(field) + Beginning : ImageFields.Name(field);
}

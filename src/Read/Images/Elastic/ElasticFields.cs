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
        new("images", Version: 2, ReadJson.Default.ImageView, [], [], Versions: true);

    /// <summary>Compared as they are; such a field is never analysed.</summary>
    public static IReadOnlyList<string> Keywords { get; } =
    [
        "key", "customer", .. Enum.GetValues<ImageField>().Where(IsText).Select(Name),
    ];

    /// <summary>The beginnings of long texts: only sorted by.</summary>
    public static IReadOnlyList<string> Beginnings { get; } =
        [.. Enum.GetValues<ImageField>().Where(ImageFields.IsLong).Select(Sorted)];

    /// <summary>Numbers, and times as UTC ticks.</summary>
    public static IReadOnlyList<string> Numbers { get; } =
    [
        "from_pos", "from_at", "to_pos", "to_at",
        .. Enum.GetValues<ImageField>().Where(f => !IsText(f) && f is not ImageField.Ingesting).Select(Name),
    ];

    public static IReadOnlyList<string> Flags { get; } = ["ingesting", "ready"];

    public static bool IsText(ImageField field) => field is ImageField.Id or ImageField.String1 or ImageField.String2
        or ImageField.String3 or ImageField.Tags or ImageField.Roles or ImageField.Manifests or ImageField.MediaType
        or ImageField.Origin or ImageField.Error;

    /// <summary>The only names that queries write.</summary>
    public static string Name(ImageField field) => field switch
    {
        ImageField.Id => "name",
        ImageField.Space => "space",
        ImageField.String1 => "string1",
        ImageField.String2 => "string2",
        ImageField.String3 => "string3",
        ImageField.Number1 => "number1",
        ImageField.Number2 => "number2",
        ImageField.Number3 => "number3",
        ImageField.Tags => "tags",
        ImageField.Roles => "roles",
        ImageField.Manifests => "manifests",
        ImageField.Batch => "batch",
        ImageField.Batches => "batches",
        ImageField.Created => "created",
        ImageField.Finished => "finished",
        ImageField.Width => "width",
        ImageField.Height => "height",
        ImageField.MediaType => "media_type",
        ImageField.Origin => "origin",
        ImageField.Error => "error",
        ImageField.Ingesting => "ingesting",
        ImageField.MaxUnauthorised => "max_unauthorised",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, message: null),
    };

    /// <summary>What images are sorted by.</summary>
    public static string Sorted(ImageField field) =>
        ImageFields.IsLong(field) ? Name(field) + Beginning : Name(field);
}

namespace Dlcs.Read.Images;

/// <summary>What an image holds of the fields that can be asked for.</summary>
public static class ImageFields
{
    /// <summary>Texts are sorted by so many characters of their beginning: indexes do not take any length.</summary>
    public const int SortedLength = 200;

    /// <summary>How every index names a field: the only names that ever reach a query.</summary>
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

    public static bool IsList(ImageField field) =>
        field is ImageField.Tags or ImageField.Roles or ImageField.Manifests or ImageField.Batches;

    /// <summary>Whether a field's one value is a text.</summary>
    public static bool IsText(ImageField field) => IsLong(field) || field is ImageField.Id or ImageField.MediaType;

    /// <summary>Whether a field holds texts so long that only their beginnings are sorted.</summary>
    public static bool IsLong(ImageField field) => field is ImageField.String1 or ImageField.String2
        or ImageField.String3 or ImageField.Origin or ImageField.Error;

    /// <summary>What the image is sorted by; times as UTC ticks.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The field is a list.</exception>
    public static FieldValue Value(ImageView view, ImageField field) => field switch
    {
        ImageField.Id => new(view.Id.Name, 0),
        ImageField.Space => Number(view.Id.Space.Space),
        ImageField.String1 => Text(view.Image.String1),
        ImageField.String2 => Text(view.Image.String2),
        ImageField.String3 => Text(view.Image.String3),
        ImageField.Number1 => Number(view.Image.Number1),
        ImageField.Number2 => Number(view.Image.Number2),
        ImageField.Number3 => Number(view.Image.Number3),
        ImageField.Batch => view.Batch is { } batch ? Number(batch) : Cursor.Nothing,
        ImageField.Created => Number(view.Created.UtcTicks),
        ImageField.Finished => view.Finished is { } finished ? Number(finished.UtcTicks) : Cursor.Nothing,
        ImageField.Width => Number(view.Ready?.Width ?? 0),
        ImageField.Height => Number(view.Ready?.Height ?? 0),
        ImageField.MediaType => new(view.Image.MediaType ?? view.Ready?.MediaType ?? "", 0),
        ImageField.Origin => Text(view.Image.Origin ?? ""),
        ImageField.Error => Text(view.Error),
        ImageField.Ingesting => Number(view.Ingesting ? 1 : 0),
        ImageField.MaxUnauthorised => Number(view.Image.MaxUnauthorised),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, message: null),
    };

    /// <summary>A text's first characters, by which it is sorted.</summary>
    public static string Sorted(string text)
    {
        if (text.Length <= SortedLength) return text;
        var (at, count) = (0, 0);
        for (; at < text.Length && count < SortedLength; count++) at += char.IsSurrogatePair(text, at) ? 2 : 1;
        return text[..at];
    }

    private static FieldValue Text(string text) => new(Sorted(text), 0);

    private static FieldValue Number(long number) => new(null, number);
}

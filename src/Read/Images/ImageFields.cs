namespace Dlcs.Read.Images;

/// <summary>The fields that images can be asked for by. A new one is a line here, and a member of its enum.</summary>
public static class ImageFields
{
    /// <summary>Long texts are sorted by so many characters: indexes do not take any length.</summary>
    public const int SortedLength = 200;

    private const FieldUses Anyhow = FieldUses.Select | FieldUses.Parameter | FieldUses.Order | FieldUses.Facet;
    private const FieldUses Uncounted = Anyhow & ~FieldUses.Facet;
    private const FieldUses Unsorted = Anyhow & ~FieldUses.Order;

    /// <summary>In the order of the columns of every index.</summary>
    public static IReadOnlyList<FieldDefinition> All { get; } =
    [
        Number(ImageField.Space, "space", v => v.Id.Space.Space, FieldKind.Id),
        Text(ImageField.Id, "name", v => v.Id.Name, FieldKind.Text, FieldUses.Select | FieldUses.Order),
        Text(ImageField.String1, "string1", v => v.Image.String1),
        Text(ImageField.String2, "string2", v => v.Image.String2),
        Text(ImageField.String3, "string3", v => v.Image.String3),
        Number(ImageField.Number1, "number1", v => v.Image.Number1),
        Number(ImageField.Number2, "number2", v => v.Image.Number2),
        Number(ImageField.Number3, "number3", v => v.Image.Number3),
        Texts(ImageField.Tags, "tags", v => v.Image.Tags),
        Texts(ImageField.Roles, "roles", v => v.Image.Roles),
        Texts(ImageField.Manifests, "manifests", v => v.Image.Manifests),
        Number(ImageField.Batch, "batch", v => v.Batch, FieldKind.Id, Anyhow & ~FieldUses.Parameter) with
        {
            MayLack = true,
        },
        new(ImageField.Batches, "batches", FieldKind.Ids, FieldUses.None) { Ids = v => v.Batches },
        Number(ImageField.Created, "created", v => v.Created.UtcTicks, FieldKind.Time, Uncounted),
        Number(ImageField.Finished, "finished", v => v.Finished?.UtcTicks, FieldKind.Time, Uncounted) with
        {
            MayLack = true,
        },
        Number(ImageField.Width, "width", v => v.Ready?.Width ?? 0, uses: Anyhow & ~FieldUses.Parameter),
        Number(ImageField.Height, "height", v => v.Ready?.Height ?? 0, uses: Anyhow & ~FieldUses.Parameter),
        Text(ImageField.MediaType, "media_type", v => v.Image.MediaType ?? v.Ready?.MediaType ?? "", FieldKind.Text),
        Text(ImageField.Origin, "origin", v => v.Image.Origin ?? "", uses: Uncounted),
        Text(ImageField.Error, "error", v => v.Error),
        Number(
            ImageField.Ingesting, "ingesting", v => v.Ingesting ? 1 : 0, FieldKind.Flag,
            FieldUses.Order | FieldUses.Facet),
        Number(
            ImageField.MaxUnauthorised, "max_unauthorised", v => v.Image.MaxUnauthorised,
            uses: FieldUses.Order | FieldUses.Facet),
    ];

    private static readonly FieldDefinition[] ByField = [.. All.OrderBy(f => f.Field)];

    public static FieldDefinition Of(ImageField field) => ByField[(int)field];

    /// <summary>What the image is sorted by; times as UTC ticks.</summary>
    /// <exception cref="InvalidOperationException">The field is a list.</exception>
    public static FieldValue Value(ImageView view, ImageField field)
    {
        var definition = Of(field);
        return definition.Kind switch
        {
            FieldKind.Text => new(definition.Text(view), 0),
            FieldKind.LongText => new(Sorted(definition.Text(view)), 0),
            _ => definition.Number(view) is { } number ? new(null, number) : Cursor.Nothing,
        };
    }

    /// <summary>A text's first characters, by which it is sorted.</summary>
    public static string Sorted(string text)
    {
        if (IsShort(text)) return text;
        var (at, count) = (0, 0);
        for (; at < text.Length && count < SortedLength; count++) at += char.IsSurrogatePair(text, at) ? 2 : 1;
        return text[..at];
    }

    /// <summary>Whether a text is shorter than what long ones are sorted by: it is sorted whole.</summary>
    public static bool IsShort(string text) => text.Length < SortedLength;

    private static FieldDefinition Text(
        ImageField field, string column, Func<ImageView, string> value, FieldKind kind = FieldKind.LongText,
        FieldUses uses = Anyhow) => new(field, column, kind, uses) { Text = value };

    private static FieldDefinition Texts(
        ImageField field, string column, Func<ImageView, IReadOnlyList<string>> value) =>
        new(field, column, FieldKind.Texts, Unsorted) { Texts = value };

    private static FieldDefinition Number(
        ImageField field, string column, Func<ImageView, long?> value, FieldKind kind = FieldKind.Number,
        FieldUses uses = Anyhow) => new(field, column, kind, uses) { Number = value };
}

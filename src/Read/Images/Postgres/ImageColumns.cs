using Dlcs.Read.Projecting;

namespace Dlcs.Read.Images.Postgres;

/// <summary>What of an image can be asked for, as columns.</summary>
internal static class ImageColumns
{
    /// <summary>No batch has this number: it stands behind all, as "not finished" does behind all times.</summary>
    public const int NoBatch = int.MaxValue;

    /// <summary>One for every order that is offered, complete with its ties: any page is read off it.</summary>
    private static readonly string[] Orders =
    [
        "(customer, space, created, name)", "(customer, space, name)", "(customer, name, space)",
        .. ImageFields.All
            .Where(f => !f.IsList && f.Field is not (ImageField.Id or ImageField.Space))
            .Select(f => $"(customer, {Sorted(f)}, space, name)"),
    ];

    private static readonly string[] Selections =
    [
        "using gin (words)", "using gin (tags)", "using gin (roles)", "using gin (manifests)", "using gin (batches)",
    ];

    /// <summary>The past is selected from by what named queries name; it is sorted when it is asked for.</summary>
    private static readonly string[] OfHistory =
    [
        $"(customer, {Sorted(ImageField.String1)})", $"(customer, {Sorted(ImageField.String2)})",
        $"(customer, {Sorted(ImageField.String3)})", "(customer, batch)",
    ];

    public static ViewDefinition<ImageView> Definition { get; } = new(
        "images", ImageView.Version, ReadJson.Default.ImageView,
        [
            Column.Id<ImageView>("customer", v => v.Id.Customer),
            .. ImageFields.All.Select(Of),
            Column.Flag<ImageView>("ready", v => v.Ready is not null),
            WordVector.InColumn("words"),
        ],
        [.. Selections, .. Orders],
        KeepsHistory: true)
    {
        HistoryIndexes = [.. Selections, .. OfHistory],
        Groups = key => [key[..key.IndexOf('/')], key[..key.IndexOf('/', key.IndexOf('/') + 1)]],
    };

    /// <summary>What images are sorted by.</summary>
    public static string Sorted(ImageField field) => Sorted(ImageFields.Of(field));

    private static string Sorted(FieldDefinition field) => field.Kind is FieldKind.LongText
        ? FormattableString.Invariant($"left({field.Column}, {ImageFields.SortedLength})") : field.Column;

    private static Column<ImageView> Of(FieldDefinition field) => field.Kind switch
    {
        FieldKind.Texts => Column.Texts(field.Column, field.Texts),
        FieldKind.Number => Column.Number(field.Column, field.Number),
        FieldKind.Id => Column.Id<ImageView>(field.Column, v => (int)(field.Number(v) ?? NoBatch)),
        FieldKind.Ids => Column.Ids(field.Column, field.Ids),
        FieldKind.Time => Column.Time<ImageView>(field.Column, v => Time(field.Number(v))),
        FieldKind.Flag => Column.Flag<ImageView>(field.Column, v => field.Number(v) is not 0),
        _ => Column.Text(field.Column, field.Text),
    };

    private static DateTimeOffset Time(long? ticks) =>
        ticks is { } known ? new(known, TimeSpan.Zero) : DateTimeOffset.MaxValue;
}

using Dlcs.Read.Projecting;
using NpgsqlTypes;

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
        .. Enum.GetValues<ImageField>()
            .Where(f => !ImageFields.IsList(f) && f is not (ImageField.Id or ImageField.Space))
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
            new("customer", "int", NpgsqlDbType.Integer, v => v.Id.Customer),
            new("space", "int", NpgsqlDbType.Integer, v => v.Id.Space.Space),
            Text("name", v => v.Id.Name),
            Text("string1", v => v.Image.String1), Text("string2", v => v.Image.String2),
            Text("string3", v => v.Image.String3), Number("number1", v => v.Image.Number1),
            Number("number2", v => v.Image.Number2), Number("number3", v => v.Image.Number3),
            Texts("tags", v => v.Image.Tags), Texts("roles", v => v.Image.Roles),
            Texts("manifests", v => v.Image.Manifests),
            new("batch", "int", NpgsqlDbType.Integer, v => v.Batch ?? NoBatch),
            new("batches", "int[]", NpgsqlDbType.Array | NpgsqlDbType.Integer, v => v.Batches.ToArray()),
            new("created", "timestamptz", NpgsqlDbType.TimestampTz, v => v.Created),
            new("finished", "timestamptz", NpgsqlDbType.TimestampTz, v => v.Finished ?? DateTimeOffset.MaxValue),
            Number("width", v => v.Ready?.Width ?? 0), Number("height", v => v.Ready?.Height ?? 0),
            Text("media_type", v => v.Image.MediaType ?? v.Ready?.MediaType ?? ""),
            Text("origin", v => v.Image.Origin ?? ""), Text("error", v => v.Error),
            new("ingesting", "boolean", NpgsqlDbType.Boolean, v => v.Ingesting),
            Number("max_unauthorised", v => v.Image.MaxUnauthorised),
            new("ready", "boolean", NpgsqlDbType.Boolean, v => v.Ready is not null),
            new("words", "tsvector", NpgsqlDbType.TsVector, WordVector.Of),
        ],
        [.. Selections, .. Orders],
        KeepsHistory: true)
    {
        HistoryIndexes = [.. Selections, .. OfHistory],
        Groups = key => [key[..key.IndexOf('/')], key[..key.IndexOf('/', key.IndexOf('/') + 1)]],
    };

    /// <summary>What images are sorted by.</summary>
    public static string Sorted(ImageField field) => ImageFields.IsLong(field)
        ? FormattableString.Invariant($"left({ImageFields.Name(field)}, {ImageFields.SortedLength})")
        : ImageFields.Name(field);

    private static Column<ImageView> Text(string name, Func<ImageView, string> value) =>
        new(name, "text collate \"C\"", NpgsqlDbType.Text, value);

    private static Column<ImageView> Texts(string name, Func<ImageView, IReadOnlyList<string>> value) =>
        new(name, "text[] collate \"C\"", NpgsqlDbType.Array | NpgsqlDbType.Text, v => value(v).ToArray());

    private static Column<ImageView> Number(string name, Func<ImageView, long> value) =>
        new(name, "bigint", NpgsqlDbType.Bigint, v => value(v));
}

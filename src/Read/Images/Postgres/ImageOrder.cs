namespace Dlcs.Read.Images.Postgres;

/// <summary>An order, complete with its ties, and what stands behind a place in it.</summary>
internal sealed class ImageOrder
{
    private static readonly ImageField[] Id = [ImageField.Space, ImageField.Id];

    private readonly IReadOnlyList<Order> given;
    private readonly List<Order> complete;

    public ImageOrder(IReadOnlyList<Order> orderBy)
    {
        given = orderBy;
        var down = orderBy is [.., { Descending: true }];
        complete = [.. orderBy.Concat(Id.Select(f => new Order(f, down))).DistinctBy(o => o.Field)];
    }

    public string Sql => string.Join(", ", complete.Select(o => By(ImageColumns.Sorted(o.Field), o)));

    /// <summary>The columns that the order, and what stands behind a place, are told from.</summary>
    public string Columns => string.Join(", ", complete.Select(o => ImageFields.Of(o.Field).Column));

    /// <summary>
    /// Where all fields go one way it is one comparison of rows, which an index answers at once; else a comparison
    /// within a comparison.
    /// </summary>
    public string Behind(Cursor cursor, Parameters parameters)
    {
        var fields = complete
            .Select(o => (Column: ImageColumns.Sorted(o.Field), o.Descending, Value: Value(o.Field))).ToList();
        if (fields.TrueForAll(f => f.Descending == fields[0].Descending))
            return $"({string.Join(", ", fields.Select(f => f.Column))}) {Sign(fields[0].Descending)} "
                + $"({string.Join(", ", fields.Select(f => f.Value))})";

        return fields.AsEnumerable().Reverse().Aggregate("false", (rest, f) =>
            $"({f.Column} {Sign(f.Descending)} {f.Value} or {f.Column} = {f.Value} and {rest})");

        string Value(ImageField field)
        {
            var column = FieldColumn.Of(field);
            return parameters.Add(field switch
            {
                ImageField.Space => cursor.Id.Space.Space,
                ImageField.Id => cursor.Id.Name,
                _ => column.Value(cursor.Values[given.Index().First(o => o.Item.Field == field).Index]),
            }, column.Type);
        }
    }

    private static string By(string column, Order order) => column + (order.Descending ? " desc" : "");

    private static string Sign(bool descending) => descending ? "<" : ">";
}

using System.Text;
using Dlcs.Read.Projecting;
using Npgsql;
using NpgsqlTypes;

namespace Dlcs.Read.Images.Postgres;

/// <summary>An image query as SQL. Only <see cref="ImageColumns"/> names are written; values are parameters.</summary>
internal sealed class ImageSql
{
    private readonly ImageQuery query;
    private readonly ViewTable<ImageView> table;
    private readonly Parameters parameters = new();
    private readonly StringBuilder where = new();
    private readonly string from;

    public ImageSql(ImageQuery query, ViewTable<ImageView> table)
    {
        (this.query, this.table) = (query, table);
        where.Append("customer = ").Append(parameters.Add(query.Customer, NpgsqlDbType.Integer));
        foreach (var criterion in query.Where) Add(criterion);
        foreach (var range in query.Ranges) Add(range);
        if (query.Text is { } text) And(Matches(text, parameters));
        if (query.Ready) And("ready");
        from = query.AsOf is { } asOf
            ? table.AsOf(parameters.Add(asOf.Value, NpgsqlDbType.Bigint)) : table.Current;
    }

    /// <summary>Within this transaction PostgreSQL is to use indexes, with memory for every row found.</summary>
    public static NpgsqlBatchCommand Indexed() =>
        new("select set_config('enable_seqscan', 'off', true), set_config('work_mem', '32MB', true)");

    /// <summary>Whether a page and its total may come of what is found once: of what is now, and not of all.</summary>
    public bool MayBeFew => query is { Take: not null, AsOf: null } && !IsWhole;

    /// <summary>
    /// A page, and how many there are up to one more than <paramref name="few"/>. They are found once, and sorted by
    /// what their order needs alone: only what stands on the page is read whole. Rows of the total and a document; of
    /// an empty page, one row with no document.
    /// </summary>
    public NpgsqlBatchCommand PageOfFew(int few)
    {
        var order = new ImageOrder(query.OrderBy);
        var own = new Parameters(parameters);
        var behind = query.After is { } cursor ? $" where {order.Behind(cursor, own)}" : "";
        return own.Command($"""
            with found as materialized (
                select ctid as place, {order.Columns} from {from} where {where} limit {few + 1}
            ), page as materialized (select * from found{behind} order by {order.Sql}{Limit})
            select total.count, document.doc
            from (select count(*) as count from found) as total left join (
                page join (select ctid as place, doc from {from}) as document using (place)
            ) on true
            order by {order.Sql}
            """);
    }

    /// <summary>A page read off the index of its order.</summary>
    public NpgsqlBatchCommand Page()
    {
        var order = new ImageOrder(query.OrderBy);
        var own = new Parameters(parameters);
        var behind = query.After is { } cursor ? $" and {order.Behind(cursor, own)}" : "";
        return own.Command($"select doc from {from} where {where}{behind} order by {order.Sql}{Limit}");
    }

    /// <summary>How many there are: known beforehand of a customer and of a space, else counted.</summary>
    public NpgsqlBatchCommand Count()
    {
        var own = new Parameters();
        if (IsWhole)
        {
            var name = own.Add(Group!, NpgsqlDbType.Text);
            return own.Command($"select coalesce((select count from {table.Counts} where name = {name}), 0)");
        }
        return query is { Text: { } text, AsOf: null, Ready: false, Ranges: [] } && Group is not null
            ? own.Command($"select count(*) from {from} where {Matches(text, own)}")
            : parameters.Command($"select count(*) from {from} where {where}");
    }

    /// <summary>The most frequent values of a field.</summary>
    public NpgsqlBatchCommand Facet(ImageField field)
    {
        var column = ImageFields.Of(field).Column;
        var (values, value) = ImageFields.Of(field).IsList
            ? ($"{from} cross join lateral (select distinct unnest({column}) as value) as list", "value")
            : (from, column);
        var some = FieldColumn.Of(field).Nothing is { } nothing ? $" and {value} <> {nothing}" : "";
        return parameters.Command($"""
            select {value}, count(*) from {values} where {where}{some}
            group by 1 order by 2 desc, 1 limit {Images.Facet.Most}
            """);
    }

    private string Limit =>
        (query.Take is { } n ? $" limit {n}" : "") + (query.Skip > 0 ? $" offset {query.Skip}" : "");

    /// <summary>All that a customer, or a space, has.</summary>
    private bool IsWhole => query is { AsOf: null, Text: null, Ranges: [], Ready: false } && Group is not null;

    /// <summary>Whose images alone are selected from, where no other field has a say.</summary>
    private string? Group => query.Where switch
    {
        [] => FormattableString.Invariant($"{query.Customer}"),
        [{ Field: ImageField.Space, Values: [var space] }] =>
            FormattableString.Invariant($"{query.Customer}/{space.Number}"),
        _ => null,
    };

    private string Matches(TextQuery text, Parameters to)
    {
        var group = Group ?? FormattableString.Invariant($"{query.Customer}");
        return $"words @@ {to.Add(WordVector.Query(text, group), NpgsqlDbType.Text)}::tsquery";
    }

    private void Add(Criterion criterion)
    {
        var column = FieldColumn.Of(criterion.Field);
        var values = parameters.Add(column.Array(criterion.Values), NpgsqlDbType.Array | column.Type);
        And((ImageFields.Of(criterion.Field).IsList, criterion.All) switch
        {
            (true, false) => $"{column.Name} && {values}",
            (true, true) => $"{column.Name} @> {values}",
            _ => Equal(criterion, column, values),
        });
    }

    /// <summary>Texts that are sorted whole are found by the index that sorts them.</summary>
    private static string Equal(Criterion criterion, FieldColumn column, string values)
    {
        var any = criterion.Values.Count is 1 ? $"= ({values})[1]" : $"= any({values})";
        var whole = criterion.Values.All(v => v.Text is null || ImageFields.IsShort(v.Text));
        return whole ? $"{ImageColumns.Sorted(criterion.Field)} {any}" : $"{column.Name} {any}";
    }

    private void Add(FieldRange range)
    {
        var column = FieldColumn.Of(range.Field);
        if (range.From is { } least)
            And($"{column.Name} >= {parameters.Add(column.AtLeast(least), column.Type)}");
        if (range.To is { } most)
            And($"{column.Name} <= {parameters.Add(column.Value(most), column.Type)}");
        else if (column.Nothing is { } nothing) And($"{column.Name} <> {nothing}");
    }

    private void And(string condition) => where.Append(" and ").Append(condition);
}

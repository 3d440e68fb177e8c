using System.Text;
using Dlcs.Read.Projecting;
using Npgsql;
using NpgsqlTypes;

namespace Dlcs.Read.Images.Postgres;

/// <summary>An image query as SQL. Only <see cref="ImageColumns"/> names are written; values are parameters.</summary>
internal sealed class ImageSql
{
    private readonly StringBuilder where = new("customer = $1");
    private readonly List<NpgsqlParameter> parameters = [];
    private readonly string from;

    public ImageSql(ImageQuery query, ViewTable<ImageView> table)
    {
        Add(query.Customer, NpgsqlDbType.Integer);
        foreach (var criterion in query.Where) Add(criterion);
        if (query.Ready) where.Append(" and ready");
        from = query.AsOf is { } asOf ? table.AsOf(Add(asOf.Value, NpgsqlDbType.Bigint)) : table.Current;
        OrderBy = string.Join(", ", [
            .. query.OrderBy.Select(o => ImageColumns.Name(o.Field) + (o.Descending ? " desc" : "")), "space", "name"]);
    }

    private string OrderBy { get; }

    public NpgsqlBatchCommand Page(int skip, int? take)
    {
        var limit = (take is { } n ? $" limit {n}" : "") + (skip > 0 ? $" offset {skip}" : "");
        return Command($"select doc from {from} where {where} order by {OrderBy}{limit}");
    }

    public NpgsqlBatchCommand Count() => Command($"select count(*) from {from} where {where}");

    private void Add(Criterion criterion)
    {
        var column = ImageColumns.Name(criterion.Field);
        var values = Values(criterion);
        where.Append(" and ").Append((ImageColumns.IsList(criterion.Field), criterion.All) switch
        {
            (true, false) => $"{column} && {values}",
            (true, true) => $"{column} @> {values}",
            _ => criterion.Values.Count is 1 ? $"{column} = ({values})[1]" : $"{column} = any({values})",
        });
    }

    private string Values(Criterion criterion) => criterion.Field switch
    {
        ImageField.Batch or ImageField.Batches or ImageField.Space => Add(
            criterion.Values.Select(v => Clamp(v.Number)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer),
        ImageField.Ingesting => Add(
            criterion.Values.Select(v => v.Number is not 0).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Boolean),
        _ when criterion.Values.All(v => v.Text is null) => Add(
            criterion.Values.Select(v => v.Number).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint),
        _ => Add(criterion.Values.Select(v => v.Text ?? "").ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text),
    };

    /// <summary>No space or batch has a number beyond an int's; -1 is none's either.</summary>
    private static int Clamp(long number) => number is > 0 and <= int.MaxValue ? (int)number : -1;

    private string Add(object value, NpgsqlDbType type)
    {
        parameters.Add(new() { Value = value, NpgsqlDbType = type });
        return $"${parameters.Count}";
    }

    private NpgsqlBatchCommand Command(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter.Clone());
        return command;
    }
}

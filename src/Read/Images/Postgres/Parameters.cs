using Npgsql;
using NpgsqlTypes;

namespace Dlcs.Read.Images.Postgres;

/// <summary>The values of a statement: <c>$1</c>, <c>$2</c>, …</summary>
internal sealed class Parameters
{
    private readonly List<NpgsqlParameter> all = [];

    public Parameters() { }

    /// <summary>Begins with the same.</summary>
    public Parameters(Parameters others) => all.AddRange(others.all);

    /// <returns>How the statement names it.</returns>
    public string Add(object value, NpgsqlDbType type)
    {
        all.Add(new() { Value = value, NpgsqlDbType = type });
        return FormattableString.Invariant($"${all.Count}");
    }

    public NpgsqlBatchCommand Command(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in all) command.Parameters.Add(parameter.Clone());
        return command;
    }
}

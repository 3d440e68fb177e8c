using Npgsql;
using NpgsqlTypes;

namespace Dlcs.Read.Projecting;

/// <summary>A column beside the document, to select and to sort by: how a view's value goes into it.</summary>
/// <param name="Sql">Its type, as PostgreSQL writes it.</param>
/// <param name="Copy">Onto a row that is copied, without an object: a rebuild writes thirty values a row.</param>
/// <param name="Parameter">Into a statement.</param>
internal sealed record Column<TView>(
    string Name, string Sql, Action<TView, CopyRows> Copy, Func<TView, NpgsqlParameter> Parameter);

/// <summary>Columns of the types that views have.</summary>
internal static class Column
{
    public static Column<TView> Text<TView>(string name, Func<TView, string> value) => new(
        name, "text collate \"C\"", (view, row) => row.Text(value(view)),
        view => Parameter(NpgsqlDbType.Text, value(view)));

    public static Column<TView> Texts<TView>(string name, Func<TView, IReadOnlyList<string>> value) => new(
        name, "text[] collate \"C\"", (view, row) => row.Texts(value(view)),
        view => Parameter(NpgsqlDbType.Array | NpgsqlDbType.Text, value(view).ToArray()));

    public static Column<TView> Number<TView>(string name, Func<TView, long?> value) => new(
        name, "bigint", (view, row) => row.Number(value(view)),
        view => Parameter(NpgsqlDbType.Bigint, value(view)));

    public static Column<TView> Id<TView>(string name, Func<TView, int> value) => new(
        name, "int", (view, row) => row.Id(value(view)), view => Parameter(NpgsqlDbType.Integer, value(view)));

    public static Column<TView> Ids<TView>(string name, Func<TView, IReadOnlyList<int>> value) => new(
        name, "int[]", (view, row) => row.Ids(value(view)),
        view => Parameter(NpgsqlDbType.Array | NpgsqlDbType.Integer, value(view).ToArray()));

    /// <param name="value"><see cref="DateTimeOffset.MaxValue"/> is infinity.</param>
    public static Column<TView> Time<TView>(string name, Func<TView, DateTimeOffset> value) => new(
        name, "timestamptz", (view, row) => row.Time(value(view)),
        view => Parameter(NpgsqlDbType.TimestampTz, value(view)));

    public static Column<TView> Flag<TView>(string name, Func<TView, bool> value) => new(
        name, "boolean", (view, row) => row.Flag(value(view)), view => Parameter(NpgsqlDbType.Boolean, value(view)));

    /// <summary>
    /// A parameter that PostgreSQL reads as what the column is: of a type that Npgsql does not write, or another one in
    /// an older table, whose documents are json.
    /// </summary>
    public static NpgsqlParameter Unread(string text) => new() { Value = text, NpgsqlDbType = NpgsqlDbType.Unknown };

    private static NpgsqlParameter Parameter(NpgsqlDbType type, object? value) =>
        new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };
}

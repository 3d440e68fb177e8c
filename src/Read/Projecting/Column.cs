using NpgsqlTypes;

namespace Dlcs.Read.Projecting;

/// <summary>A column beside the document, to select and to sort by.</summary>
/// <param name="Sql">Its type, as PostgreSQL writes it.</param>
/// <param name="Value">What of the view it holds; <c>null</c> for nothing.</param>
public sealed record Column<TView>(string Name, string Sql, NpgsqlDbType Type, Func<TView, object?> Value);

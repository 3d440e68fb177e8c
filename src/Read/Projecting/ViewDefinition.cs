using System.Text.Json.Serialization.Metadata;

namespace Dlcs.Read.Projecting;

/// <summary>How a view is kept in PostgreSQL.</summary>
/// <param name="Name">In tables, in <c>dlcs views</c>, in <c>/health</c>.</param>
/// <param name="Version">Of the fold. Raised when the same events give another view: then it must be rebuilt.</param>
/// <param name="Columns">Beside key, position and document.</param>
/// <param name="Indexes">What follows <c>create index on {table}</c>; made after a rebuild's copying.</param>
/// <param name="KeepsHistory">Every state that a document ever had is kept, to ask for as of a position.</param>
internal sealed record ViewDefinition<TView>(
    string Name, int Version, JsonTypeInfo<TView> Json, IReadOnlyList<Column<TView>> Columns,
    IReadOnlyList<string> Indexes, bool KeepsHistory = false)
    where TView : class, IView<TView>
{
    /// <summary>Indexes of what was.</summary>
    public IReadOnlyList<string> HistoryIndexes { get; init; } = Indexes;

    /// <summary>The groups that the document under a key belongs to: how many each has is counted as they come and go.
    /// </summary>
    public Func<string, IReadOnlyList<string>>? Groups { get; init; }
}

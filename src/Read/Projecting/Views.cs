using System.Text.Json;
using Dlcs.Kernel.Events;

namespace Dlcs.Read.Projecting;

/// <summary>Queries of the small views.</summary>
public sealed class Views(ReadStore store)
{
    /// <summary>The document under that key; <c>null</c> when there is none.</summary>
    internal async Task<TView?> Find<TView>(ViewDefinition<TView> view, string key, CancellationToken ct)
        where TView : class, IView<TView> =>
        await List(view, "key = $1", [key], "key", 0, 1, ct) is [var found, ..] ? found : null;

    /// <param name="asOf">As they stood at that position; only of a view that keeps versions.</param>
    /// <param name="where">SQL over the columns, with $1, … for <paramref name="values"/>; never from a client.</param>
    internal Task<IReadOnlyList<TView>> List<TView>(
        ViewDefinition<TView> view, string where, object[] values, string orderBy, int skip, int? take,
        CancellationToken ct, Position? asOf = null)
        where TView : class, IView<TView> => store.Ask<TView, IReadOnlyList<TView>>(view, async table =>
        {
            var limit = take is { } n ? $"limit {n} offset {skip}" : "";
            var from = asOf is null ? table.Current : table.AsOf($"${values.Length + 1}");
            await using var command = store.Database.CreateCommand(
                $"select doc from {from} where {where} order by {orderBy} {limit}");
            foreach (var value in values) command.Parameters.Add(new() { Value = value });
            if (asOf is { } position) command.Parameters.Add(new() { Value = position.Value });
            await using var reader = await command.ExecuteReaderAsync(ct);
            var found = new List<TView>();
            while (await reader.ReadAsync(ct))
                found.Add(JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(0), view.Json)!);
            return found;
        }, ct);

    /// <summary>
    /// Where the latest change stands that was recorded at or before that time, of what can be asked for as it was
    /// beside images; the start when there is none.
    /// </summary>
    public async Task<Position> At(DateTimeOffset time, CancellationToken ct)
    {
        var query = await store.At(ViewDefinitions.NamedQueries, time, ct);
        var name = await store.At(ViewDefinitions.SpaceNames, time, ct);
        return query > name ? query : name;
    }

    internal Task<long> Count<TView>(
        ViewDefinition<TView> view, string where, object[] values, CancellationToken ct)
        where TView : class, IView<TView> => store.Ask(view, async table =>
        {
            await using var command = store.Database.CreateCommand(
                $"select count(*) from {table.Current} where {where}");
            foreach (var value in values) command.Parameters.Add(new() { Value = value });
            return (long)(await command.ExecuteScalarAsync(ct))!;
        }, ct);
}

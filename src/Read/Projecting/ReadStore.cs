using System.Collections.Concurrent;
using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>Where the views are: the database, its schema, the views, and which generation is live.</summary>
public sealed class ReadStore(NpgsqlDataSource database, string schema = "dlcs_read")
{
    private readonly ConcurrentDictionary<string, Generation> live = [];

    public NpgsqlDataSource Database => database;

    public string Schema => schema;

    /// <summary>What other processes listen to.</summary>
    internal string Channel => $"{schema}_changed";

    internal IReadOnlyList<Projection> Projections { get; } = ViewDefinitions.All(schema);

    /// <summary>The live generation of every view: how far it is, and why it has stopped if it has.</summary>
    public async Task<IReadOnlyList<Generation>> Generations(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await Projecting.Generations.Live(connection, schema, ct);
    }

    /// <summary>Which generation of a view queries read.</summary>
    /// <exception cref="StaleViewException">Another version of the program filled it.</exception>
    internal async ValueTask<int> Live(string view, CancellationToken ct)
    {
        if (!live.TryGetValue(view, out var known))
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            foreach (var g in await Projecting.Generations.Live(connection, schema, ct)) live[g.View] = g;
            if (!live.TryGetValue(view, out known))
                throw new InvalidOperationException($"the view {view} has no live generation");
        }
        return known.Version == Projections.Single(p => p.Name == view).Version
            ? known.Number : throw new StaleViewException(view);
    }

    /// <summary>Asks again which generations are live: one was swapped.</summary>
    public void Refresh() => live.Clear();
}

using System.Collections.Concurrent;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images;
using Dlcs.Read.Images.Elastic;
using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>Where the views are: the database, its schema, the views, and which generation is live.</summary>
/// <param name="elastic">The engine of the image index; <c>null</c>: it is in the database too.</param>
public sealed class ReadStore(NpgsqlDataSource database, string schema = "dlcs_read", ElasticClient? elastic = null)
{
    /// <summary>The store that every installation has.</summary>
    public const string Postgres = "postgres";

    private ConcurrentDictionary<string, Generation> live = [];

    public NpgsqlDataSource Database => database;

    public string Schema => schema;

    internal ElasticClient? Elastic => elastic;

    /// <summary>What other processes listen to.</summary>
    internal string Channel => $"{schema}_changed";

    internal IReadOnlyList<Projection> Projections { get; } = ViewDefinitions.All(schema, elastic);

    /// <summary>The stores that views are kept in.</summary>
    internal IReadOnlyList<string> Stores => [.. Projections.Select(p => p.Kept).Distinct()];

    /// <summary>The live generation of every view: how far it is, and why it has stopped if it has.</summary>
    public async Task<IReadOnlyList<Generation>> Generations(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await Projecting.Generations.Live(connection, schema, ct);
    }

    /// <summary>Which generation of a view queries read.</summary>
    /// <exception cref="IndexUnavailableException">Nobody has made it yet.</exception>
    /// <exception cref="StaleViewException">Another version of the program filled it, or another store.</exception>
    internal async ValueTask<int> Live(string view, CancellationToken ct)
    {
        var found = Volatile.Read(ref live); // what is found out goes where nobody looks once it is refreshed
        if (!found.TryGetValue(view, out var known))
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            foreach (var g in await Projecting.Generations.Live(connection, schema, ct)) found[g.View] = g;
            if (!found.TryGetValue(view, out known))
                throw new IndexUnavailableException($"the view {view} is not made yet");
        }
        return IsOurs(known) ? known.Number : throw new StaleViewException(view);
    }

    /// <summary>Whether this version of the program filled it, where this installation keeps it.</summary>
    internal bool IsOurs(Generation generation) => Projections.Any(
        p => (p.Name, p.Version, p.Kept) == (generation.View, generation.Version, generation.Kept));

    /// <summary>Where the latest change of a view stands that was recorded at or before that time.</summary>
    internal Task<Position> At<TView>(ViewDefinition<TView> view, DateTimeOffset time, CancellationToken ct)
        where TView : class, IView<TView> => Ask(view, async table =>
        {
            await using var command = database.CreateCommand(table.At("$1"));
            command.Parameters.Add(new() { Value = time.ToUniversalTime() });
            return await command.ExecuteScalarAsync(ct) is long position ? new(position) : Position.Start;
        }, ct);

    /// <summary>
    /// Of the live generation in the database; again when another became live meanwhile and this one was dropped.
    /// </summary>
    /// <exception cref="StaleViewException">Nobody else can be asked.</exception>
    internal async Task<T> Ask<TView, T>(
        ViewDefinition<TView> view, Func<ViewTable<TView>, Task<T>> ask, CancellationToken ct)
        where TView : class, IView<TView>
    {
        var number = await Live(view.Name, ct);
        try
        {
            return await ask(new(view, schema, number));
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            Refresh();
            if (await Live(view.Name, ct) is var now && now == number) throw new StaleViewException(view.Name, e);
            return await ask(new(view, schema, now));
        }
    }

    /// <summary>Asks again which generations are live: one was swapped.</summary>
    public void Refresh() => Volatile.Write(ref live, []);
}

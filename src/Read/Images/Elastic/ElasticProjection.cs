using Dlcs.Kernel.Events;
using Dlcs.Read.Projecting;
using Npgsql;

namespace Dlcs.Read.Images.Elastic;

/// <summary>The view of images, kept in a search engine; its checkpoint stays in PostgreSQL.</summary>
/// <param name="tables">The same view in PostgreSQL: what an earlier setting left there is dropped with it.</param>
internal sealed class ElasticProjection(ImageIndices indices, PostgresProjection<ImageView> tables)
    : Projection(ElasticFields.Definition.Name, ElasticFields.Definition.Version, "elasticsearch")
{
    private int named;

    public override Task Create(Generation generation, NpgsqlConnection connection, CancellationToken ct) =>
        indices.Create(indices.Names(generation.Number), generation.Log, ct);

    public override Task Index(int generation, IReadOnlyList<NpgsqlConnection> connections, CancellationToken ct) =>
        indices.MakeReady(indices.Names(generation), ct);

    public override async Task Drop(int generation, NpgsqlConnection connection, CancellationToken ct)
    {
        await indices.Drop(indices.Names(generation), ct);
        await tables.Drop(generation, connection, ct);
    }

    public override Feeding Feed(int generation) =>
        new ElasticFeeding(indices, indices.Names(generation), new(indices.Client, waits: false));

    public override Feeding Fill(int generation) =>
        new ElasticFeeding(indices, indices.Names(generation), new(indices.Client, waits: true));

    public override async Task<Checkpoint?> Verify(
        Generation generation, NpgsqlConnection connection, CancellationToken ct)
    {
        Checkpoint? ahead = null;
        var names = indices.Names(generation.Number);
        if (generation.Position == Position.Start)
        {
            await Create(generation, connection, ct);
            await Index(generation.Number, [connection], ct);
        }
        else if (await indices.Log(names, ct) is not { } log)
        {
            throw new ViewStoppedException($"its index {names.Now} is lost");
        }
        else if (log != generation.Log)
        {
            throw new ViewStoppedException($"its index {names.Now} was made from another log");
        }
        else
        {
            ElasticFeeding.MustReach(generation.Position, (await indices.Fed(names.Now, ct)).Position, names);
            // What was is written first: no index was fed further.
            if (await indices.Fed(names.Was, ct) is var fed && fed.Position > generation.Position) ahead = fed;
        }
        await Point(generation.Number, ct);
        return ahead;
    }

    public override async Task Point(int generation, CancellationToken ct)
    {
        if (named == generation) return;
        await indices.Name(indices.Names(generation), ct);
        named = generation;
    }

    public override async Task Show(int generation, CancellationToken ct)
    {
        try
        {
            await indices.Refresh(indices.Names(generation), ct);
        }
        catch (ElasticException e) when (e.IsLostIndex)
        {
            throw new ViewStoppedException($"its index is lost ({e.Message})");
        }
    }

    public override Task<IReadOnlyList<string>> Differences(
        int one, int other, int atMost, NpgsqlConnection connection, CancellationToken ct) =>
        new Comparing(indices.Client).Differences(indices.Names(one), indices.Names(other), atMost, ct);
}

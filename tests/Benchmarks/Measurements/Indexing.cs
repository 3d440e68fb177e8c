using System.Diagnostics;
using Dlcs.Benchmarks.Loading;
using Dlcs.Benchmarks.Measuring;
using Dlcs.Benchmarks.Servers;
using Dlcs.Host.Embedded;
using Dlcs.Read.Images.Elastic;
using Dlcs.Read.Projecting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dlcs.Benchmarks.Measurements;

/// <summary>Feeds a search engine as a rebuild does, and feeds it the same documents without the program.</summary>
internal static class Indexing
{
    private const int Images = 100_000;
    private const string Prefix = "bench";

    public static async Task<IReadOnlyList<Line>> Run(Settings settings, CancellationToken ct)
    {
        var folder = settings.Place("index");
        await using var engine = await SearchEngine.Start(folder, ct);
        if (engine is null) return [new("index: there is no search engine", "left out")];

        var postgres = await PrivatePostgres.Start(Path.Combine(folder, "data"), durable: false, ct: ct);
        try
        {
            return await Run(engine.Url, postgres.ConnectionString, ct);
        }
        finally
        {
            await postgres.Stop(CancellationToken.None);
        }
    }

    private static async Task<IReadOnlyList<Line>> Run(Uri engine, string postgres, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(postgres);
        using var client = new ElasticClient(
            new(engine, Prefix) { Replicas = 0 }, NullLogger<ElasticClient>.Instance);
        using var raw = new RawBulk(engine);
        var store = new ReadStore(database, elastic: client);
        var log = new PreparedLog(Images);
        await Feed(new PreparedLog(10_000), store, ct); // until the code is hot
        var (fed, alone) = (new List<double>(), new List<double>());
        for (var run = 0; run < 3; run++)
        {
            var (seconds, index) = await Feed(log, store, ct);
            fed.Add((await raw.Count(index, ct) + await raw.Count($"{index}-was", ct) - 2) / seconds);
            alone.Add(await Alone(raw, index, ct));
        }
        foreach (var g in await store.Generations(ct))
            if (g.View is "images") foreach (var index in new[] { "", "-was" })
                await raw.Delete($"{Prefix}-images-{g.Number}{index}", ct);

        return
        [
            Line.AtLeast(
                "index feeding, of what the engine takes alone", Sample.Median(fed) / Sample.Median(alone), 0.5, ""),
            Line.Note("  documents fed: folded, written, sent", Sample.Median(fed), "/s"),
            Line.Note("  documents by _bulk alone, 3 x 2,000", Sample.Median(alone), "/s"),
        ];
    }

    /// <returns>How long it took until the engine had everything, and in which index it is.</returns>
    private static async Task<(double Seconds, string Index)> Feed(
        PreparedLog log, ReadStore store, CancellationToken ct)
    {
        var stages = new Stages();
        await new Rebuild(log, store, stages).Run(["images"], accept: true, ct);
        var live = (await store.Generations(ct)).Single(g => g.View is "images").Number;
        return (stages.Began("indexing").TotalSeconds, $"{Prefix}-images-{live}");
    }

    /// <summary>Documents per second of half of what is and half of what was.</summary>
    private static async Task<double> Alone(RawBulk raw, string index, CancellationToken ct)
    {
        var (now, some) = await raw.Prepare(index, Images / 2, ct);
        var (was, more) = await raw.Prepare($"{index}-was", Images / 2, ct);
        await raw.Like(index, "bench-raw", ct);
        await raw.Like(index, "bench-raw-was", ct);
        var clock = Stopwatch.StartNew();
        await raw.Send("bench-raw-was", was, ct);
        await raw.Send("bench-raw", now, ct);
        var seconds = clock.Elapsed.TotalSeconds;
        await raw.Delete("bench-raw", ct);
        await raw.Delete("bench-raw-was", ct);
        return (some + more) / seconds;
    }
}

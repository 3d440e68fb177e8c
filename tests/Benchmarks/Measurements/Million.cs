using Dlcs.Benchmarks.Loading;
using Dlcs.Benchmarks.Measuring;
using Dlcs.Benchmarks.Servers;
using Dlcs.Host.Embedded;
using Dlcs.Read.Images;
using Dlcs.Read.Images.Elastic;
using Dlcs.Read.Images.Postgres;
using Dlcs.Read.Images.Searching;
using Dlcs.Read.Projecting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dlcs.Benchmarks.Measurements;

/// <summary>A million images, each with a past, in PostgreSQL and in a search engine: rebuilt, then asked.</summary>
internal static class Million
{
    private const int Images = 1_000_000;
    private const int Asked = 300;
    private const string Prefix = "million";

    public static async Task<IReadOnlyList<Line>> Run(Settings settings, CancellationToken ct)
    {
        var folder = settings.Place("million");
        var postgres = await PrivatePostgres.Start(Path.Combine(folder, "data"), durable: false, ct: ct);
        try
        {
            await using var database = NpgsqlDataSource.Create(postgres.ConnectionString);
            var store = new ReadStore(database, "in_postgres");
            var rebuilt = await Rebuild("PostgreSQL", store, ct);
            await Settling.Settle(database, ct);
            return
            [
                .. rebuilt, .. await Ask(new PostgresImageIndex(store), ct), .. await InEngine(folder, database, ct),
            ];
        }
        finally
        {
            await postgres.Stop(CancellationToken.None);
        }
    }

    private static async Task<IReadOnlyList<Line>> InEngine(
        string folder, NpgsqlDataSource database, CancellationToken ct)
    {
        await using var engine = await SearchEngine.Start(folder, ct);
        if (engine is null) return [new("million: there is no search engine", "left out")];

        using var client = new ElasticClient(
            new(engine.Url, Prefix) { Replicas = 0 }, NullLogger<ElasticClient>.Instance);
        var store = new ReadStore(database, elastic: client);
        var rebuilt = await Rebuild("a search engine", store, ct);
        await engine.Merged(ct);
        return [.. rebuilt, .. await Ask(new ElasticImageIndex(store), ct)];
    }

    private static async Task<IReadOnlyList<Line>> Rebuild(string where, ReadStore store, CancellationToken ct)
    {
        var stages = new Stages();
        await new Rebuild(new PreparedLog(Images), store, stages).Run(["images"], accept: true, ct);
        return
        [
            Line.AtLeast(
                $"1,000,000 images rebuilt in {where}", stages.Events / stages.Began("comparing").TotalSeconds, 20_000,
                "events/s"),
            Line.Note(
                "  fold and copy alone, of a log that costs nothing to read",
                stages.Events / stages.Began("indexing").TotalSeconds, "events/s"),
        ];
    }

    private static async Task<IReadOnlyList<Line>> Ask(IImageIndex index, CancellationToken ct)
    {
        var chapters = await Times(n => Of(
            new Criterion(ImageField.String3, [$"b{n * 37 % 1000:D8}, chapter {n % 10}"]), ImageField.Number1));
        var tags = await Times(n => Of(new Criterion(ImageField.Tags, [$"tag {n % 100}"]), ImageField.Created));
        var words = await Times(n => new(2, [], [new(ImageField.Created)], Take: 100)
        {
            Text = TextQueryParser.Parse($"\"chapter {n % 10}\" b{n * 37 % 1000:D8}").Query,
        });
        var orders = new List<(ImageField Field, double Time)>();
        foreach (var field in ImageFields.All.Where(f => !f.IsList).Select(f => f.Field))
            orders.Add((field, Sample.Median(await Times(_ => new(2, [], [new(field)], Take: 100), 20))));
        var first = await Times(_ => new(2, [], [new(ImageField.Created)], Take: 100), 50);
        var deep = await index.Query(new(2, [], [new(ImageField.Created)], Skip: Images - 10_000, Take: 1), ct);
        var after = Cursor.At(deep.Images[0], [new(ImageField.Created)]);
        var behind = await Times(_ => new(2, [], [new(ImageField.Created)], Take: 100) { After = after }, 50);
        var worst = orders.MaxBy(o => o.Time);
        return
        [
            Line.AtMost("  a chapter of 100 images, p99", Sample.Quantile(chapters, 0.99), 25, "ms"),
            Line.Note("    median", Sample.Median(chapters), "ms"),
            Line.AtMost("  100 of 10,000 images with a tag, p99", Sample.Quantile(tags, 0.99), 25, "ms"),
            Line.Note("    median", Sample.Median(tags), "ms"),
            Line.AtMost("  a phrase and a word, p99", Sample.Quantile(words, 0.99), 25, "ms"),
            Line.AtMost($"  everything by {worst.Field}, the slowest order, median", worst.Time, 100, "ms"),
            Line.AtMost(
                "  behind 990,000 images, of the first page", Sample.Median(behind) / Sample.Median(first), 1.5, ""),
        ];

        async Task<List<double>> Times(Func<int, ImageQuery> query, int times = Asked)
        {
            for (var n = 0; n < times / 3; n++) await index.Query(query(n), ct); // until code and pages are hot
            var measured = new List<double>();
            for (var n = 0; n < times; n++)
            {
                var asked = query(n);
                measured.Add(await Sample.Time(async () =>
                {
                    if ((await index.Query(asked, ct)).Images.Count is not 100) throw new IOException("no 100 images");
                }));
            }
            return measured;
        }
    }

    private static ImageQuery Of(Criterion criterion, ImageField order) => new(2, [criterion], [new(order)], Take: 100);
}

using Dlcs.Benchmarks;
using Dlcs.Benchmarks.Measurements;
using Dlcs.Benchmarks.Measuring;
using Dlcs.Benchmarks.Servers;

switch (args)
{
    case [StaticFiles.Command, var folder, var port]:
        await StaticFiles.Serve(folder, int.Parse(port, CultureInfo.InvariantCulture));
        return 0;
    case [Vips.Command, var picture, var folder]:
        Vips.Serve(picture, folder);
        return 0;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
var settings = Settings.Parse(args);
await using var pictures = await Pictures.Serve(settings.Place("pictures"));
(string Name, Func<Task<IReadOnlyList<Line>>> Run)[] measurements =
[
    ("tiles", () => StoredTiles.Run(settings, pictures, stop.Token)),
    ("s3", () => TilesFromS3.Run(settings, pictures, stop.Token)),
    ("ingest", () => Ingest.Run(settings, pictures, stop.Token)),
    ("batches", () => Batches.Run(settings, pictures, stop.Token)),
    ("index", () => Indexing.Run(settings, stop.Token)),
    ("million", () => Million.Run(settings, stop.Token)),
    ("library", () => Library.Run(settings, stop.Token)),
    ("eventstore", () => EventStores.Run(settings, stop.Token)),
    ("start", () => Starting.Run(settings, stop.Token)),
];

var lines = new List<Line>();
foreach (var (name, run) in measurements.Where(m => settings.Wants(m.Name)))
{
    Console.Error.WriteLine($"measuring {name}");
    if (Directory.Exists(settings.Place(name))) Directory.Delete(settings.Place(name), recursive: true);
    try
    {
        lines.AddRange(await run());
    }
    catch (Exception e) when (e is IOException or HttpRequestException)
    {
        lines.Add(new(name, "failed", Ok: false)); // the others may tell something all the same
        Console.Error.WriteLine(e.Message);
    }
}
Console.WriteLine(Table.Of(lines));
return lines.Exists(l => l.Ok is false) ? 1 : 0;

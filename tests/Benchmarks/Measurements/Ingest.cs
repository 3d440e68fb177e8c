using System.Diagnostics;
using System.Text.Json.Nodes;
using Dlcs.Benchmarks.Measuring;
using Dlcs.Benchmarks.Servers;

namespace Dlcs.Benchmarks.Measurements;

/// <summary>
/// From the PUT of a picture of 48 million pixels to the answer with its size: registered, fetched, tiled, stored, told
/// to the log, seen by the view. Against libvips, turn and turn about.
/// </summary>
internal static class Ingest
{
    private const double Goal = 1.3;
    private const double MemoryGoal = 250;

    public static async Task<IReadOnlyList<Line>> Run(Settings settings, Pictures pictures, CancellationToken ct)
    {
        await using var dlcs = await Installation.Start(settings, settings.Place("ingest"), ct);
        await dlcs.Api.Space(1, ct);
        await Task.Delay(TimeSpan.FromSeconds(5), ct);
        var idle = Memory.Resident(dlcs.Process);

        using var vips = StartVips(settings.Place("pictures/large.jpg"), settings.Place("vips"));
        await Put(dlcs, pictures.Large, run: 0, ct); // until the code is hot
        await Alone(vips, ct);

        Memory.ForgetPeak(dlcs.Process);
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var run = 1; run <= Sample.Runs; run++)
        {
            var number = run;
            ours.Add(await Sample.Time(() => Put(dlcs, pictures.Large, number, ct)));
            theirs.Add(await Alone(vips, ct));
        }
        vips.StandardInput.Close();
        await vips.WaitForExitAsync(ct);

        var ratio = Sample.Median(ours.Zip(theirs, (o, t) => o / t));
        return
        [
            Line.AtMost("ingest of an 8000x6000 JPEG: time of libvips alone", ratio, Goal, "×"),
            Line.Note("  PUT, until it is answered", Sample.Median(ours), "ms"),
            Line.Note("  tiffsave and four thumbnails", Sample.Median(theirs), "ms"),
            Line.AtMost("  memory above idle at its peak", Memory.Peak(dlcs.Process) - idle, MemoryGoal, "MB"),
        ];
    }

    private static async Task Put(Installation dlcs, Uri picture, int run, CancellationToken ct)
    {
        var body = new JsonObject { ["origin"] = picture.ToString(), ["mediaType"] = "image/jpeg" };
        var image = await dlcs.Api.Put($"/customers/1/spaces/1/images/large-{run}", body, ct);
        if (image["width"]?.GetValue<int>() is not 8000) throw new IOException($"not ingested: {image.ToJsonString()}");
    }

    private static Process StartVips(string picture, string folder) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(Vips).Assembly.Location, Vips.Command, picture, folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new IOException("dotnet did not start");

    private static async Task<double> Alone(Process vips, CancellationToken ct)
    {
        await vips.StandardInput.WriteLineAsync("again");
        await vips.StandardInput.FlushAsync(ct);
        var answer = await vips.StandardOutput.ReadLineAsync(ct) ?? throw new IOException("libvips failed");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }
}

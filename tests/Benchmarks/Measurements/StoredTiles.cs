using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Benchmarks.Loading;
using Dlcs.Benchmarks.Measuring;
using Dlcs.Benchmarks.Servers;
using Dlcs.Integration.Servers;

namespace Dlcs.Benchmarks.Measurements;

/// <summary>
/// The tiles of one image, each as often as the others, edges included: from the public host, and the same bytes as
/// files from Kestrel. Turn and turn about, so that whatever else the machine does hits both.
/// </summary>
internal static class StoredTiles
{
    private const int Connections = 8;
    private const double Goal = 0.8;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(4);

    public static async Task<IReadOnlyList<Line>> Run(Settings settings, Pictures pictures, CancellationToken ct)
    {
        await using var dlcs = await Installation.Start(settings, settings.Place("tiles"), ct);
        await dlcs.Api.Space(1, ct);
        var image = await dlcs.Api.Put(
            "/customers/1/spaces/1/images/large",
            new() { ["origin"] = pictures.Large.ToString(), ["mediaType"] = "image/jpeg" }, ct);
        if (image["width"]?.GetValue<int>() is not 8000) throw new IOException($"not ingested: {image.ToJsonString()}");

        var tiles = await Tiles(new(image["imageService"]!.GetValue<string>()), ct);
        var files = await Save(dlcs.Public, tiles, settings.Place("tile-files"), ct);

        var port = Ports.Free();
        await using var kestrel = StaticFiles.Start(settings, settings.Place("tile-files"), port);
        await kestrel.Answers(new($"http://127.0.0.1:{port}{files[0]}"), ct);
        var other = new IPEndPoint(IPAddress.Loopback, port);

        Load.Run(dlcs.PublicEndPoint, tiles, Connections, Turn); // until the code is hot
        Load.Run(other, files, Connections, Turn);
        var (ours, theirs) = (new List<Loaded>(), new List<Loaded>());
        for (var run = 0; run < Sample.Runs; run++)
        {
            ours.Add(Load.Run(dlcs.PublicEndPoint, tiles, Connections, Turn));
            theirs.Add(Load.Run(other, files, Connections, Turn));
        }
        if (ours.Concat(theirs).Sum(r => r.Failures) is > 0 and var failures)
            throw new IOException($"{failures} tiles were not answered with 200");

        var ratio = Sample.Median(ours.Zip(theirs, (o, t) => o.PerSecond / t.PerSecond));
        return
        [
            Line.AtLeast("stored tiles: throughput of Kestrel's static files", ratio, Goal, "×"),
            Line.Note("  from the public host", Sample.Median(ours.Select(r => r.PerSecond)), "/s"),
            Line.Note("  the same bytes as files", Sample.Median(theirs.Select(r => r.PerSecond)), "/s"),
            Line.Note("  bytes of a tile", (double)ours[0].Bytes / ours[0].Requests, "B"),
        ];
    }

    /// <summary>Every tile that info.json offers, as a viewer asks for it (Image API 3.0, appendix on tiles).</summary>
    internal static async Task<IReadOnlyList<string>> Tiles(Uri service, CancellationToken ct)
    {
        using var http = new HttpClient();
        var info = JsonNode.Parse(await http.GetStringAsync(new Uri($"{service}/info.json"), ct))!;
        var (width, height) = (info["width"]!.GetValue<int>(), info["height"]!.GetValue<int>());
        var tile = info["tiles"]![0]!;
        var size = tile["width"]!.GetValue<int>();
        return
        [
            .. from factor in tile["scaleFactors"]!.AsArray().Select(f => f!.GetValue<int>())
               from y in Enumerable.Range(0, Up(height, size * factor)).Select(row => row * size * factor)
               from x in Enumerable.Range(0, Up(width, size * factor)).Select(column => column * size * factor)
               let w = Math.Min(size * factor, width - x)
               let h = Math.Min(size * factor, height - y)
               select $"{service.AbsolutePath}/{x},{y},{w},{h}/{Up(w, factor)},{Up(h, factor)}/0/default.jpg",
        ];
    }

    private static int Up(int length, int by) => (length + by - 1) / by;

    /// <returns>Their paths on a server of that folder.</returns>
    private static async Task<IReadOnlyList<string>> Save(
        Uri server, IReadOnlyList<string> tiles, string folder, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        using var http = new HttpClient();
        for (var i = 0; i < tiles.Count; i++)
        {
            var bytes = await http.GetByteArrayAsync(new Uri(server, tiles[i]), ct);
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{i}.jpg"), bytes, ct);
        }
        return [.. tiles.Select((_, i) => $"/{i}.jpg")];
    }
}

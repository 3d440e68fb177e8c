using System.Text;
using System.Text.Json.Nodes;
using Dlcs.Benchmarks.Measuring;
using Dlcs.Benchmarks.Servers;

namespace Dlcs.Benchmarks.Measurements;

/// <summary>The POST of a batch of 250 members, until it is answered. Before each, the queue is empty.</summary>
internal static class Batches
{
    private const int Members = 250;
    private const int Clients = 8;
    private const int Warming = 8; // batches, until the code is compiled as it is in a server that has run for a while

    public static async Task<IReadOnlyList<Line>> Run(Settings settings, Pictures pictures, CancellationToken ct)
    {
        await using var dlcs = await Installation.Start(settings, settings.Place("batches"), ct);
        await dlcs.Api.Space(1, ct);
        for (var n = 0; n < Warming; n++)
        {
            await Post(dlcs, Body(pictures.Small, $"first-{n}"), wait: n % 2 is 0, ct);
            await Empty(dlcs, ct);
        }

        var unseen = await Each(dlcs, pictures, "unseen", wait: false, ct);
        var seen = await Each(dlcs, pictures, "seen", wait: true, ct);
        var together = new List<double>();
        var processing = new List<double>();
        for (var run = 0; run < Sample.Runs; run++)
        {
            var bodies = Enumerable.Range(0, Clients).Select(c => Body(pictures.Small, $"together-{run}-{c}")).ToList();
            var times = await Task.WhenAll(bodies.Select(body =>
                Sample.Time(() => Post(dlcs, body, wait: true, ct))));
            together.Add(times.Max());
            processing.Add(await Sample.Time(() => Empty(dlcs, ct)));
        }

        return
        [
            Line.AtMost("batch of 250, respond-async", unseen, 100, "ms"),
            Line.AtMost("batch of 250, visible", seen, 300, "ms"),
            Line.AtMost($"  the slowest of {Clients} clients at once, visible", Sample.Median(together), 1000, "ms"),
            Line.Note($"  images processed, small ones", Clients * Members / (Sample.Median(processing) / 1000), "/s"),
        ];
    }

    private static async Task<double> Each(
        Installation dlcs, Pictures pictures, string name, bool wait, CancellationToken ct)
    {
        var times = new List<double>();
        for (var run = 0; run < Sample.Runs; run++)
        {
            var body = Body(pictures.Small, $"{name}-{run}");
            times.Add(await Sample.Time(() => Post(dlcs, body, wait, ct)));
            await Empty(dlcs, ct);
        }
        return Sample.Median(times);
    }

    private static Task<JsonNode> Post(Installation dlcs, byte[] body, bool wait, CancellationToken ct) =>
        dlcs.Api.Post("/customers/1/queue", body, wait, ct);

    private static async Task Empty(Installation dlcs, CancellationToken ct)
    {
        await Waiting.Until(
            "an empty queue", TimeSpan.FromMilliseconds(50),
            async () => (await dlcs.Api.Get("/customers/1/queue", ct))["size"]!.GetValue<long>() is 0, ct);
        await Task.Delay(500, ct);
    }

    private static byte[] Body(Uri picture, string name) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["@type"] = "Collection",
        ["member"] = new JsonArray([.. Enumerable.Range(1, Members).Select(n => new JsonObject
        {
            ["id"] = $"{name}-{n}",
            ["space"] = 1,
            ["origin"] = picture.ToString(),
            ["mediaType"] = "image/jpeg",
            ["string1"] = name,
            ["string2"] = $"{name}, volume 1",
            ["string3"] = $"{name}, chapter {n / 25}",
            ["number1"] = n,
            ["tags"] = new JsonArray("benchmark", $"page-{n % 2}"),
        })]),
    }.ToJsonString());
}

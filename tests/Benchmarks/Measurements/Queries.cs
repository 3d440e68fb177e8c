using Dlcs.Benchmarks.Measuring;
using Dlcs.Benchmarks.Servers;

namespace Dlcs.Benchmarks.Measurements;

/// <summary>A page of 100 images by one string; a manifest of 1,000 canvases that nobody asked for before.</summary>
internal static class Queries
{
    private const int Asked = 2_000;

    public static async Task<IReadOnlyList<Line>> Run(Installation dlcs, CancellationToken ct)
    {
        await dlcs.Api.Post(
            "/customers/1/namedQueries", new() { ["name"] = "book", ["template"] = "canvas=n1&s1=p1" }, ct);
        using var http = new HttpClient { BaseAddress = dlcs.Public };
        for (var i = 0; i < Asked / 2; i++) await Query(dlcs, i, ct); // until nothing is compiled anew beside them
        for (var i = 0; i < 20; i++) await Manifest(http, i, ct);

        var queries = new List<double>();
        for (var i = 0; i < Asked; i++)
        {
            var number = i;
            queries.Add(await Sample.Time(() => Query(dlcs, number, ct)));
        }
        var manifest = await Sample.MedianTime(run => Manifest(http, 50 + run, ct));
        return
        [
            Line.AtMost("?q={\"string3\":…}, 100 images of 100,000, p99", Sample.Quantile(queries, 0.99), 10, "ms"),
            Line.Note("  median", Sample.Median(queries), "ms"),
            Line.AtMost("a manifest of 1,000 canvases, cold", manifest, 50, "ms"),
        ];
    }

    private static async Task Query(Installation dlcs, int number, CancellationToken ct)
    {
        var chapter = Catalogue.Chapter(number * 37 % Catalogue.Books, number % Catalogue.Chapters);
        var q = Uri.EscapeDataString($$"""{"string3":"{{chapter}}"}""");
        var found = await dlcs.Api.Bytes($"/customers/1/allImages?q={q}", ct);
        if (found.Length < 10_000) throw new IOException($"{chapter} has no 100 images");
    }

    private static async Task Manifest(HttpClient http, int book, CancellationToken ct)
    {
        var path = new Uri($"/iiif-resource/1/book/{Catalogue.Book(book)}", UriKind.Relative);
        var manifest = await http.GetByteArrayAsync(path, ct);
        if (manifest.Length < 500_000) throw new IOException($"{path} has no 1,000 canvases");
    }
}

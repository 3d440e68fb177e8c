using System.Text;
using System.Text.Json.Nodes;
using Dlcs.Benchmarks.Measuring;
using Dlcs.Benchmarks.Servers;
using Dlcs.Kernel.Events;

namespace Dlcs.Benchmarks.Measurements;

/// <summary>
/// 100 books of 10 chapters of 100 pages, registered over the API. No pixels are made: that they were is told to the
/// log, in the words that the workers use.
/// </summary>
internal static class Catalogue
{
    public const int Books = 100;
    public const int Chapters = 10;
    private const int Pages = 100;
    private const int Images = Books * Chapters * Pages;
    private static readonly (int Width, int Height)[] Thumbnails = [(768, 1024), (300, 400), (150, 200), (75, 100)];

    public static string Book(int book) => $"b{book:D8}";

    public static string Chapter(int book, int chapter) => $"{Book(book)}, chapter {chapter}";

    public static async Task<IReadOnlyList<Line>> Fill(Installation dlcs, IEventStore log, CancellationToken ct)
    {
        await dlcs.Api.Space(1, ct);
        var registered = await Sample.Time(async () =>
        {
            for (var book = 0; book < Books; book++)
                await dlcs.Api.Post("/customers/1/queue", Body(book), wait: false, ct);
            await Shown("/customers/1/spaces/1/images?pageSize=1", "totalItems", Images);
        });
        var ingested = await Sample.Time(async () =>
        {
            await Outcomes(log, ct);
            await Shown("/customers/1/queue", "size", 0);
        });
        return
        [
            Line.Note($"{Images:#,0} images registered and shown", Images / (registered / 1000), "/s"),
            Line.Note("  their outcomes appended and shown", Images / (ingested / 1000), "/s"),
        ];

        Task Shown(string path, string field, long wanted) => Waiting.Until(
            $"{field} {wanted} in {path}", TimeSpan.FromMilliseconds(100),
            async () => (await dlcs.Api.Get(path, ct))[field]!.GetValue<long>() == wanted, ct);
    }

    private static byte[] Body(int book) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["@type"] = "Collection",
        ["member"] = new JsonArray([.. Enumerable.Range(0, Chapters * Pages).Select(page => new JsonObject
        {
            ["id"] = $"{Book(book)}_{page + 1:D4}.jp2",
            ["space"] = 1,
            ["origin"] = $"https://origin.example.org/{Book(book)}/{page + 1:D4}.jp2",
            ["mediaType"] = "image/jp2",
            ["string1"] = Book(book),
            ["string2"] = $"shelf {book / 10}",
            ["string3"] = Chapter(book, page / Pages),
            ["number1"] = page + 1,
            ["tags"] = new JsonArray("scan", page % 2 is 0 ? "recto" : "verso"),
        })]),
    }.ToJsonString());

    private static async Task Outcomes(IEventStore log, CancellationToken ct)
    {
        var page = new LogPage([], Position.Start);
        do
        {
            page = await log.ReadAll(page.Through, 1000, ct);
            await log.AppendMany([.. from entry in page.Entries
                                     let recorded = entry.Recorded
                                     where recorded.Event is ImageRegistered
                                     select Outcome((ImageRegistered)recorded.Event, recorded)], ct);
        }
        while (page.Entries is not []);
    }

    private static Append Outcome(ImageRegistered image, Recorded recorded)
    {
        var now = TimeProvider.System.GetUtcNow();
        var digest = new string('a', 64);
        var ingested = new ImageIngested(
            image.Id, image.Registration, 3000, 4000, "image/jp2", new(4_000_000, digest),
            new($"1/pyramids/aa/{digest}.zip", 3_000_000, digest, 512, 4),
            [.. Thumbnails.Select(t => new StoredThumbnail(
                $"1/thumbs/aa/{digest}.jpg", t.Width, t.Height, t.Width * 100, digest))],
            new Dictionary<string, string> { ["libvips"] = "8.14.1" },
            new ImageStanding(Waiting: true, Batch: image.Batch, Lane: image.Lane));
        var metadata = Metadata.Following(recorded, Guid.CreateVersion7(now), now);
        return new(recorded.Stream, recorded.Revision, [ingested], metadata);
    }
}

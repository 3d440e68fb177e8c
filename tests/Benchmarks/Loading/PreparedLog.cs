using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Benchmarks.Loading;

/// <summary>Images in batches of 250, all registered, then all ingested.</summary>
internal sealed class PreparedLog(int images) : EasyLog
{
    private const int Batch = 250;
    private static readonly DateTimeOffset Began = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly int[] Edges = [1024, 400, 200, 100];
    private static readonly string Digest = new('a', 64);
    private readonly Guid identity = Guid.CreateVersion7(Began);

    public long Events => images * 2L;

    public override ValueTask<Guid> Identity(CancellationToken ct) => new(identity);

    public override Task<LogPage> ReadAll(Position after, int atMost, CancellationToken ct)
    {
        var from = after.Value + 1;
        var end = Math.Min(from + atMost, Events);
        var entries = new List<LogEntry>((int)(end - from));
        for (var at = from; at < end; at++) entries.Add(new(new(at), Event(at)));
        return Task.FromResult(new LogPage(entries, new(end - 1)));
    }

    public override Task<Position> End(CancellationToken ct) => Task.FromResult(new Position(Events - 1));

    private static Recorded Event(long position)
    {
        var (batch, place) = Math.DivRem(position, Batch * 2);
        var number = (int)(batch * Batch + place % Batch);
        var id = new ImageId(new(2, 1 + number % 10), $"b{number / 1000:D8}_{number % 1000:D4}.jp2");
        var at = Began.AddMilliseconds(position);
        var metadata = new Metadata(Guid.Empty, "key-1", at, "bench");
        return place < Batch
            ? new(Registered(id, number, (int)batch + 1), Guid.Empty, id.Stream, 0, metadata)
            : new(Ingested(id, (int)batch + 1), Guid.Empty, id.Stream, 1, metadata);
    }

    private static ImageRegistered Registered(ImageId id, int number, int batch) => new(
        id, Guid.Empty,
        new(
            id, $"https://origin.example.org/{id.Name}", Upload: null, "image/jp2", "I",
            [new("iiif-img", "default"), new("thumbs", "default", ["!1024,1024", "!400,400", "!200,200", "!100,100"])],
            $"b{number / 1000:D8}", $"shelf {number / 10_000}", $"b{number / 1000:D8}, chapter {number / 100 % 10}",
            number % 1000, number % 7, number % 100_003, ["scan", $"tag {number % 100}"], [], []),
        Lane.Normal, batch, number % Batch);

    private static ImageIngested Ingested(ImageId id, int batch) => new(
        id, Guid.Empty, 3000, 4000, "image/jp2", new(4_000_000, Digest),
        new($"2/pyramids/aa/{Digest}.zip", 3_000_000, Digest, 512, 4),
        [
            .. Edges.Select(edge =>
                new StoredThumbnail($"2/thumbs/aa/{Digest}.jpg", edge * 3 / 4, edge, edge * 100, Digest)),
        ],
        new Dictionary<string, string>(), new(Waiting: true, Batch: batch));
}

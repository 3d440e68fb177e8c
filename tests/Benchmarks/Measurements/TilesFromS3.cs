using System.Net;
using Dlcs.Benchmarks.Loading;
using Dlcs.Benchmarks.Measuring;
using Dlcs.Benchmarks.Servers;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Storage.Pyramids;
using Dlcs.Kernel.Storage.S3;

namespace Dlcs.Benchmarks.Measurements;

/// <summary>
/// The tiles of one image from S3 (Ceph): each fetched anew, against the same ranges asked of the store itself; and out
/// of the local cache, against an installation that keeps its pixels in a folder. Turn and turn about.
/// </summary>
internal static class TilesFromS3
{
    private const int Connections = 8;
    private const double ColdGoal = 0.7;
    private const double HotGoal = 0.9;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(4);

    public static async Task<IReadOnlyList<Line>> Run(Settings settings, Pictures pictures, CancellationToken ct)
    {
        if (!CephCluster.IsInstalled) return [new("tiles from S3", "not measured: radosgw ceph-mon ceph-osd")];

        await using var cluster = await CephCluster.Start();
        await using var gateway = await CephGateway.Start(cluster);
        var bucket = gateway.Settings("pixels");
        await CephGateway.MakeBucket(bucket);
        return [.. await Cold(settings, pictures, bucket, ct), .. await Hot(settings, pictures, bucket, ct)];
    }

    private static async Task<IReadOnlyList<Line>> Cold(
        Settings settings, Pictures pictures, S3Settings bucket, CancellationToken ct)
    {
        await using var dlcs = await Start(settings, "s3/cold", bucket, cache: 0, ct);
        var tiles = await Ingest(dlcs, pictures, ct);
        var ranges = await Ranges(bucket, ct);
        var store = new IPEndPoint(IPAddress.Loopback, bucket.Endpoint!.Port);

        var (ours, raw) = Turns(
            () => Load.Run(dlcs.PublicEndPoint, tiles, Connections, Turn),
            () => Load.Run(store, ranges, Connections, Turn, ok: 206));
        return
        [
            Line.AtLeast("tiles from S3, cold: rate of raw ranged GETs", Ratio(ours, raw), ColdGoal, "×"),
            Line.Note("  from the public host", PerSecond(ours), "/s"),
            Line.Note("  the same ranges from the store", PerSecond(raw), "/s"),
        ];
    }

    private static async Task<IReadOnlyList<Line>> Hot(
        Settings settings, Pictures pictures, S3Settings bucket, CancellationToken ct)
    {
        await using var dlcs = await Start(settings, "s3/hot", bucket, cache: 1L << 30, ct);
        await using var folder = await Installation.Start(settings, settings.Place("s3/folder"), ct);
        var tiles = await Ingest(dlcs, pictures, ct);
        var others = await Ingest(folder, pictures, ct);

        var (ours, theirs) = Turns(
            () => Load.Run(dlcs.PublicEndPoint, tiles, Connections, Turn),
            () => Load.Run(folder.PublicEndPoint, others, Connections, Turn));
        return
        [
            Line.AtLeast("tiles from S3, hot: rate of a folder", Ratio(ours, theirs), HotGoal, "×"),
            Line.Note("  from the cache", PerSecond(ours), "/s"),
            Line.Note("  from a folder", PerSecond(theirs), "/s"),
        ];
    }

    private static Task<Installation> Start(
        Settings settings, string place, S3Settings bucket, long cache, CancellationToken ct) => Installation.Start(
            settings, settings.Place(place), ct, set: new Dictionary<string, string>
            {
                ["Storage"] = $"s3://{bucket.Bucket}",
                ["S3__Endpoint"] = bucket.Endpoint!.AbsoluteUri,
                ["S3__Region"] = bucket.Region,
                ["S3__AccessKey"] = bucket.Credentials!.AccessKey,
                ["S3__SecretKey"] = bucket.Credentials.Secret,
                ["Cache__Bytes"] = $"{cache}",
            });

    private static async Task<IReadOnlyList<string>> Ingest(Installation dlcs, Pictures pictures, CancellationToken ct)
    {
        await dlcs.Api.Space(1, ct);
        var image = await dlcs.Api.Put(
            "/customers/1/spaces/1/images/large",
            new() { ["origin"] = pictures.Large.ToString(), ["mediaType"] = "image/jpeg" }, ct);
        if (image["width"]?.GetValue<int>() is not 8000) throw new IOException($"not ingested: {image.ToJsonString()}");
        return await StoredTiles.Tiles(new(image["imageService"]!.GetValue<string>()), ct);
    }

    /// <summary>Requests for the range of every tile, by a signed link.</summary>
    private static async Task<IReadOnlyList<string>> Ranges(S3Settings bucket, CancellationToken ct)
    {
        using var storage = new S3Storage(bucket, TimeProvider.System);
        var objects = storage.List(ct).Select(o => o.Key);
        var key = await objects.FirstAsync(k => k.Value.EndsWith(".zip", StringComparison.Ordinal), ct);
        var index = await PyramidIndex.Read(storage, key, ct);
        using var client = CephGateway.Client(bucket);
        var link = new Uri(await client.GetPreSignedURLAsync(new()
        {
            BucketName = bucket.Bucket,
            Key = key.Value,
            Expires = (TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1)).UtcDateTime,
            Protocol = Amazon.S3.Protocol.HTTP,
        }));
        return
        [
            .. from level in index.Levels
               from row in Enumerable.Range(0, level.Rows)
               from column in Enumerable.Range(0, level.Columns)
               let tile = index.TileOf(level.Level, column, row)
               let range = $"{tile.Offset}-{tile.Offset + tile.Length - 1}"
               select $"GET {link.PathAndQuery} HTTP/1.1\r\nHost: {link.Authority}\r\nRange: bytes={range}\r\n\r\n",
        ];
    }

    private static (List<Loaded> Ours, List<Loaded> Theirs) Turns(Func<Loaded> ours, Func<Loaded> theirs)
    {
        ours(); // until the code is hot
        theirs();
        var (us, them) = (new List<Loaded>(), new List<Loaded>());
        for (var run = 0; run < Sample.Runs; run++)
        {
            us.Add(ours());
            them.Add(theirs());
        }

        return us.Concat(them).Sum(r => r.Failures) is > 0 and var failures
            ? throw new IOException($"{failures} tiles were not answered as they should be")
            : (us, them);
    }

    private static double Ratio(List<Loaded> ours, List<Loaded> theirs) =>
        Sample.Median(ours.Zip(theirs, (o, t) => o.PerSecond / t.PerSecond));

    private static double PerSecond(List<Loaded> loaded) => Sample.Median(loaded.Select(l => l.PerSecond));
}

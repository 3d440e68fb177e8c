using System.Net;
using Dlcs.Iiif;
using Dlcs.Integration.Servers;
using Dlcs.Integration.Storage;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.Pyramids;

namespace Dlcs.Integration.ImageApi;

/// <summary>The public host over pixels in S3, with no cache between: what the store is asked.</summary>
[Trait("profile", "cluster")]
public sealed class ServingTilesFromS3(Ceph ceph) : IDisposable
{
    private readonly StoredPictures stored = new();
    private readonly KnownImages images = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => stored.Dispose();

    [Theory]
    [InlineData(256, 1)] // where its tiles are stands in the object's tail
    [InlineData(16, 2)] // there are more of them
    public async Task asks_once_where_an_images_tiles_are_and_once_for_each_of_them(int tileSize, int reads)
    {
        await using var bench = await S3Bench.Open(ceph);
        using var folio = Picture.Make(1300, 900);
        var ready = await stored.Store(folio, tileSize);
        images.Set("folio", ready);
        var pyramid = new StorageKey(ready.Pyramid.ShouldNotBeNull().Key);
        await bench.Storage.Put(pyramid, stored.FileOf(pyramid), Ct);
        var index = await PyramidIndex.Read(stored.Storage, pyramid, Ct);
        var (app, client) = await PublicHost.Start(bench.Storage, images, new IiifSettings());
        await using var _ = app;
        using var __ = client;
        bench.Front.Requests.Clear();

        (int Column, int Row)[] tiles = [(0, 0), (1, 2), (4, 1), (1, 2)];
        foreach (var (column, row) in tiles)
        {
            var region = $"{column * tileSize},{row * tileSize},{tileSize},{tileSize}";
            using var answer = await client.GetAsync(
                new Uri($"/iiif-img/2/5/folio/{region}/{tileSize},/0/default.jpg", UriKind.Relative), Ct);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await answer.Content.ReadAsByteArrayAsync(Ct)).Length.ShouldBe(index.TileOf(0, column, row).Length);
        }

        var asked = bench.Front.Requests.ToList();
        asked.ShouldAllBe(r => r.Method == "GET" && r.Path.Contains(pyramid.Value, StringComparison.Ordinal));
        asked.Skip(reads).Select(r => r.Header("Range"))
            .ShouldBe(tiles.Select(t => Range(index.TileOf(0, t.Column, t.Row))));
    }

    private static string Range(TileRange tile) => $"bytes={tile.Offset}-{tile.Offset + tile.Length - 1}";
}

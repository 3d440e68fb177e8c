using System.Net;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.Pyramids;
using Dlcs.Read.Images;

namespace Dlcs.Integration.ImageApi;

public sealed class SendingStoredPictures(PublicHost host) : IClassFixture<PublicHost>
{
    private const string Service = "/iiif-img/2/5/folio";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<ReadyImage> Folio()
    {
        var index = host.Images;
        return (await index.Find(new(new(2, 5), "folio"), null, Ct)).ShouldNotBeNull().Ready.ShouldNotBeNull();
    }

    private async Task<byte[]> Bytes(string path)
    {
        using var response = await host.Get(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadAsByteArrayAsync(Ct);
    }

    private async Task<byte[]> Tile(int level, int column, int row)
    {
        var key = new StorageKey((await Folio()).Pyramid.ShouldNotBeNull().Key);
        var range = (await PyramidIndex.Read(host.Stored.Storage, key, Ct)).TileOf(level, column, row);
        var bytes = new byte[range.Length];
        await host.Stored.Storage.Read(key, range.Offset, bytes, Ct);
        return bytes;
    }

    [Theory]
    [InlineData("256,512,256,256/256,256/0/default.jpg", 0, 1, 2)]
    [InlineData("256,512,256,256/max/0/color.jpg", 0, 1, 2)]
    [InlineData("256,512,256,256/256,/0/default.jpg", 0, 1, 2)]
    [InlineData("256,512,256,256/,256/360/default.jpg", 0, 1, 2)]
    [InlineData("256,512,256,256/!256,256/0/default.jpg", 0, 1, 2)]
    [InlineData("256,512,256,256/pct:100/0/default.jpg", 0, 1, 2)]
    [InlineData("1280,768,256,256/20,132/0/default.jpg", 0, 5, 3)]
    [InlineData("1024,512,276,388/138,194/0/default.jpg", 1, 2, 1)]
    [InlineData("full/163,113/0/default.jpg", 3, 0, 0)]
    [InlineData("0,0,1300,900/163,/0/default.jpg", 3, 0, 0)]
    public async Task sends_a_tile_as_it_is_stored(string request, int level, int column, int row) =>
        (await Bytes($"{Service}/{request}")).ShouldBe(await Tile(level, column, row));

    [Theory]
    [InlineData("256,512,256,256/256,256/!0/default.jpg")]
    [InlineData("256,512,256,256/256,256/90/default.jpg")]
    [InlineData("256,512,256,256/256,256/0/gray.jpg")]
    [InlineData("256,512,256,256/256,256/0/default.png")]
    [InlineData("257,512,256,256/256,256/0/default.jpg")]
    [InlineData("256,512,256,256/255,256/0/default.jpg")]
    public async Task makes_whatever_differs_from_a_tile(string request) =>
        (await Bytes($"{Service}/{request}")).ShouldNotBe(await Tile(0, 1, 2));

    [Theory]
    [InlineData("/iiif-img/2/5/folio/full/400,277/0/default.jpg", 0)]
    [InlineData("/iiif-img/2/5/folio/full/!200,200/0/default.jpg", 1)]
    [InlineData("/iiif-img/v2/2/5/folio/full/100,/0/default.jpg", 2)]
    [InlineData("/thumbs/2/5/folio/full/400,277/0/default.jpg", 0)]
    [InlineData("/thumbs/v2/2/5/folio/full/full/0/default.jpg", 0)]
    [InlineData("/thumbs/2/5/folio/full/max/0/default.jpg", 0)]
    [InlineData("/thumbs/2/5/folio/full/!200,200/0/default.jpg", 1)]
    [InlineData("/thumbs/2/5/folio/full/,69/0/color.jpg", 2)]
    public async Task sends_a_thumbnail_as_it_is_stored(string path, int thumbnail)
    {
        var stored = (await Folio()).Thumbnails[thumbnail];
        var bytes = new byte[stored.Bytes];
        await host.Stored.Storage.Read(new(stored.Key), 0, bytes, Ct);

        (await Bytes(path)).ShouldBe(bytes);
    }

    [Theory]
    [InlineData("full/max/0/default.jpg")] // no index
    [InlineData("0,0,256,256/256,256/0/default.jpg")]
    public async Task never_sends_garbage_for_an_object_that_is_gone(string request)
    {
        var ready = await Folio();
        host.Images.Set("gone", ready with { Pyramid = ready.Pyramid! with { Key = "2/pyramids/00/00.zip" } });
        using var response = await host.Get($"/iiif-img/2/5/gone/{request}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        response.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe("text/plain");
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
    }

    [Theory]
    [InlineData("0,0,256,256/256,256/0/default.jpg")]
    [InlineData("0,0,256,256/200,200/0/default.jpg")]
    public async Task never_sends_garbage_for_bytes_that_are_damaged(string request)
    {
        using var picture = Picture.Make(400, 300);
        var ready = await host.Stored.Store(picture, 256);
        var key = new StorageKey(ready.Pyramid.ShouldNotBeNull().Key);
        var range = (await PyramidIndex.Read(host.Stored.Storage, key, Ct)).TileOf(0, 0, 0);
        host.Images.Set("damaged", ready);
        var pack = host.Stored.FileOf(key);
        using (var file = File.OpenHandle(pack, access: FileAccess.Write, share: FileShare.ReadWrite))
            RandomAccess.Write(file, new byte[range.Length / 2], range.Offset);

        using var response = await host.Get($"/iiif-img/2/5/damaged/{request}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        response.Headers.ETag.ShouldBeNull();
    }
}

using System.Security.Cryptography;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.Folder;
using Dlcs.Kernel.Storage.Pyramids;
using Dlcs.Read.Images;
using NetVips;

namespace Dlcs.Integration.ImageApi;

/// <summary>Storage in a folder of its own, with the derivatives of pictures in it.</summary>
internal sealed class StoredPictures : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlcs-iiif-").FullName;

    public StoredPictures() => Storage = new(Path.Combine(folder, "storage"), TimeProvider.System);

    public FolderStorage Storage { get; }

    /// <summary>Where the folder keeps an object, for those who want to damage it.</summary>
    public string FileOf(StorageKey key) => Path.Combine(folder, "storage", key.Value);

    /// <summary>Stores pyramid and thumbnails of a picture.</summary>
    /// <param name="thumbnails">Longest edges, pixels.</param>
    public async Task<ReadyImage> Store(Image picture, int tileSize, params int[] thumbnails)
    {
        var geometry = new PyramidGeometry(picture.Width, picture.Height, tileSize);
        var pack = Path.Combine(folder, "pack.zip");
        using (var file = File.Create(pack)) PyramidPack.Write(file, geometry, Tiles(picture, geometry));

        var (key, bytes) = await Put(pack, "pyramids", "zip");
        var stored = new List<ReadyThumbnail>();
        foreach (var edge in thumbnails) stored.Add(await Thumbnail(picture, edge));
        return new(picture.Width, picture.Height, "image/tiff", new(1, new string('0', 64)),
            new(key, bytes, tileSize, geometry.Levels), stored);
    }

    private async Task<ReadyThumbnail> Thumbnail(Image picture, int edge)
    {
        var file = Path.Combine(folder, "thumbnail.jpg");
        using var small = picture.ThumbnailImage(edge, edge);
        small.Jpegsave(file, q: 85, keep: Enums.ForeignKeep.None);
        var (key, bytes) = await Put(file, "thumbnails", "jpg");
        return new(key, small.Width, small.Height, bytes);
    }

    /// <summary>In the order of the pack; each level is half the one before, as libvips' dzsave makes it.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Tiles(Image picture, PyramidGeometry geometry)
    {
        var level = picture.CopyMemory();
        for (var number = 0; number < geometry.Levels; number++)
        {
            var grid = geometry.Level(number);
            for (var row = 0; row < grid.Rows; row++)
            {
                for (var column = 0; column < grid.Columns; column++)
                {
                    var (width, height) = grid.SizeOf(column, row);
                    using var tile = level.Crop(column * grid.TileSize, row * grid.TileSize, width, height);
                    yield return tile.JpegsaveBuffer(q: 85, keep: Enums.ForeignKeep.None);
                }
            }

            using var larger = level;
            using var even = larger.Embed(0, 0, (larger.Width + 1) / 2 * 2, (larger.Height + 1) / 2 * 2,
                extend: Enums.Extend.Copy);
            using var half = even.Shrink(2, 2);
            level = half.CopyMemory();
        }

        level.Dispose();
    }

    private async Task<(string Key, long Bytes)> Put(string file, string kind, string extension)
    {
        var content = await File.ReadAllBytesAsync(file);
        var sha = Convert.ToHexStringLower(SHA256.HashData(content));
        var key = StorageKey.Of(2, kind, sha, extension);
        await Storage.Put(key, file, TestContext.Current.CancellationToken);
        return (key.Value, content.Length);
    }

    public void Dispose()
    {
        Storage.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}

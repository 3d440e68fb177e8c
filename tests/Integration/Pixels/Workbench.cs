using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.Folder;
using Dlcs.Kernel.Storage.Pyramids;
using Dlcs.Processing.Pixels;
using NetVips;

namespace Dlcs.Integration.Pixels;

/// <summary>A folder for sources and derivatives, and what a test wants to know of them.</summary>
public abstract class Workbench : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("dlcs-pixels-").FullName;
    private readonly FolderStorage storage;

    protected Workbench()
    {
        Work = Directory.CreateDirectory(Path.Combine(root, "work")).FullName;
        storage = new(Path.Combine(root, "storage"), TimeProvider.System);
        _ = Libvips.Version;
    }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected string Work { get; }

    /// <summary>A path for a source, with a name that tells nothing.</summary>
    protected string NewFile() => Path.Combine(root, Path.GetRandomFileName());

    protected string Save(Image image, Action<Image, string> save)
    {
        var file = NewFile();
        save(image, file);
        return file;
    }

    protected string Save(byte[] bytes)
    {
        var file = NewFile();
        File.WriteAllBytes(file, bytes);
        return file;
    }

    protected Task<MadeDerivatives> Make(string source, params string[] thumbnails) =>
        Make(source, PixelLimits.Default, thumbnails);

    protected Task<MadeDerivatives> Make(string source, PixelLimits limits, params string[] thumbnails)
    {
        var order = new DerivativeOrder(true, [.. thumbnails.Select(size => ThumbnailSize.Parse(size)!)]);
        return Derivatives.Make(source, order, Work, limits, Ct);
    }

    /// <summary>Stores the pyramid and reads its index back.</summary>
    protected async Task<(StorageKey Key, PyramidIndex Index)> Store(MadeDerivatives made)
    {
        var key = StorageKey.Of(2, "pyramids", made.Pyramid!.Sha256, PyramidPack.Extension);
        await storage.Put(key, made.Pyramid.File, Ct);
        return (key, await PyramidIndex.Read(storage, key, Ct));
    }

    /// <summary>One level, put together from its tiles.</summary>
    protected async Task<Image> Level(MadeDerivatives made, int level)
    {
        var (key, index) = await Store(made);
        var grid = index.Levels[level];
        var joined = Image.Black(grid.Width, grid.Height);
        for (var row = 0; row < grid.Rows; row++)
        {
            for (var column = 0; column < grid.Columns; column++)
            {
                var tile = await Tile(key, index.TileOf(level, column, row));
                (tile.Width, tile.Height).ShouldBe(grid.SizeOf(column, row));
                joined = joined.Insert(tile, column * grid.TileSize, row * grid.TileSize);
            }
        }

        return joined.CopyMemory();
    }

    protected async Task<Image> Tile(StorageKey key, TileRange range)
    {
        var jpeg = new byte[range.Length];
        await storage.Read(key, range.Offset, jpeg, Ct);
        return Image.JpegloadBuffer(jpeg, failOn: Enums.FailOn.Warning);
    }

    /// <summary>How alike two pictures are, decibels; over 35, hardly anybody sees a difference.</summary>
    protected static double Decibels(Image one, Image other)
    {
        (one.Width, one.Height, one.Bands).ShouldBe((other.Width, other.Height, other.Bands));
        using var difference = one.Cast(Enums.BandFormat.Double) - other.Cast(Enums.BandFormat.Double);
        return 10 * Math.Log10(255 * 255 / double.Max((difference * difference).Avg(), 1e-9));
    }

    protected static double[] PixelAt(Image image, int x, int y) => image[x, y];

    public void Dispose()
    {
        storage.Dispose();
        Directory.Delete(root, recursive: true);
        GC.SuppressFinalize(this);
    }
}

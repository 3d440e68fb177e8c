using Dlcs.Kernel.Storage.Pyramids;
using NetVips;

namespace Dlcs.Processing.Pixels;

/// <summary>Makes the derivatives of a source: one pass over it for the pyramid, thumbnails from that.</summary>
public static class Derivatives
{
    /// <summary>Counts up when other bytes come out for the same source.</summary>
    private const string Recipe = "2";

    /// <param name="source">The file as fetched; its name is of no importance.</param>
    /// <param name="folder">Gets the derivatives; nothing else is left in it. The caller removes it.</param>
    /// <exception cref="PixelsException">The source cannot be used; trying again does not help.</exception>
    /// <exception cref="IOException">The work folder is full or gone.</exception>
    /// <exception cref="LibvipsMissingException">libvips is not installed.</exception>
    public static Task<MadeDerivatives> Make(
        string source, DerivativeOrder order, string folder, PixelLimits limits, CancellationToken ct) =>
        Task.Factory.StartNew(
            () => MakeHere(source, order, folder, limits, ct), ct, TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap();

    private static async Task<MadeDerivatives> MakeHere(
        string source, DerivativeOrder order, string folder, PixelLimits limits, CancellationToken ct)
    {
        var tools = new Dictionary<string, string> { ["libvips"] = Libvips.Version, ["dlcs"] = Recipe };
        using var until = CancellationTokenSource.CreateLinkedTokenSource(ct);
        until.CancelAfter(limits.Time);
        var kind = Opening.KindOf(source);
        try
        {
            using var image = Opening.Open(kind, source, limits);
            using var upright = Upright.Of(image, folder, until.Token);
            using var shown = Colours.ForBrowsers(upright);
            Stopping.On(shown, until.Token);

            var cut = Path.Combine(folder, "tiles.zip");
            var geometry = new PyramidGeometry(shown.Width, shown.Height, Tiling.TileSize);
            try
            {
                Tiling.Cut(shown, cut);
                var (pyramid, thumbnails) = await Finish(cut, geometry, order, folder, limits, until.Token);
                return new(shown.Width, shown.Height, kind.MediaType, pyramid, thumbnails, tools);
            }
            finally
            {
                File.Delete(cut);
            }
        }
        catch (Exception e) when (until.IsCancellationRequested && e is VipsException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            throw new PixelsException(FormattableString.Invariant(
                $"The image could not be processed within {limits.Time.TotalMinutes:0.#} minutes."));
        }
        catch (VipsException e)
        {
            throw Failing.Of(e, kind);
        }
        finally
        {
            NativeHeap.Trim();
        }
    }

    /// <summary>Lays the tiles into their object and makes thumbnails of them, side by side.</summary>
    private static async Task<(MadePyramid?, IReadOnlyList<MadeThumbnail>)> Finish(
        string cut, PyramidGeometry geometry, DerivativeOrder order, string folder, PixelLimits limits,
        CancellationToken ct)
    {
        var packing = order.Pyramid ? Task.Run(() => Pack(cut, geometry, folder), CancellationToken.None) : null;
        var sizes = order.SizesOf(geometry.Width, geometry.Height, limits.MaxThumbnail);
        try
        {
            using var tiles = new CutTiles(cut, geometry);
            var thumbnails = Thumbnails.Make(tiles, sizes, folder, ct);
            return (packing is null ? null : await packing, thumbnails);
        }
        finally
        {
            await Task.WhenAny(packing ?? Task.CompletedTask); // reads what is removed next
        }
    }

    private static MadePyramid Pack(string cut, PyramidGeometry geometry, string folder)
    {
        using var tiles = new CutTiles(cut, geometry);
        return Tiling.Pack(tiles, folder);
    }
}

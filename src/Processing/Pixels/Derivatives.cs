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
            TaskScheduler.Default);

    private static MadeDerivatives MakeHere(
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

            var (pyramid, index) = Tiling.Make(shown, folder);
            var sizes = order.SizesOf(shown.Width, shown.Height, limits.MaxThumbnail);
            var thumbnails = Thumbnails.Make(pyramid.File, index, sizes, folder, until.Token);
            return new(
                shown.Width, shown.Height, kind.MediaType, order.Pyramid ? pyramid : null, thumbnails, tools);
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
}

using System.Buffers;
using Dlcs.Kernel.Storage.Pyramids;
using Dlcs.Read.Images;

namespace Dlcs.Iiif.ImageApi.Pixels;

/// <summary>
/// Makes the pixels of a frame from the tiles of a level: one row of tiles at a time is read, decoded and resampled, so
/// that memory is bounded by the target and one such row of at most <see cref="Source.MostColumns"/>.
/// </summary>
internal static class Composing
{
    /// <param name="width">Pixels of the target.</param>
    /// <param name="height">Pixels of the target.</param>
    public static async Task<Raster> Compose(
        Tiles tiles, ReadyPyramid pyramid, PyramidIndex index, Source source, int width, int height,
        CancellationToken ct)
    {
        var target = new Raster(width, height);
        try
        {
            var pixels = source.Pixels;
            var take = source.AsStored ? Copier(target) : new Resampler(source, target).Add;
            var size = source.Level.TileSize;
            using var band = new Raster(source.Columns.Count, int.Min(size, pixels.Height));
            for (var row = pixels.Y / size; row <= (pixels.Bottom - 1) / size; row++)
            {
                var rows = await Fill(band, tiles, pyramid, index, source, row, ct);
                for (var y = 0; y < rows; y++) take(band.Bytes.AsSpan(y * band.Stride, band.Stride));
            }

            target.Gray = band.Gray;
            return target;
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    private delegate void Take(ReadOnlySpan<byte> row);

    private static Take Copier(Raster target)
    {
        var at = 0;
        return row =>
        {
            row.CopyTo(target.Bytes.AsSpan(at));
            at += row.Length;
        };
    }

    /// <summary>Decodes what is needed of one row of tiles; answers how many rows of pixels that are.</summary>
    private static async Task<int> Fill(
        Raster band, Tiles tiles, ReadyPyramid pyramid, PyramidIndex index, Source source, int row,
        CancellationToken ct)
    {
        var (level, needed, merged, first) = (source.Level, source.Pixels, source.Merged, source.Columns.First);
        var size = level.TileSize;
        var (top, bottom) = (int.Max(needed.Y, row * size), int.Min(needed.Bottom, (row + 1) * size));
        for (var column = needed.X / size; column <= (needed.Right - 1) / size; column++)
        {
            var (left, right) = (int.Max(needed.X, column * size), int.Min(needed.Right, (column + 1) * size));
            var (begin, end) = (left / merged, ((right - 1) / merged) + 1);
            var part = new Rectangle(begin - (column * size / merged), top - (row * size), end - begin, bottom - top);
            var (width, height) = level.SizeOf(column, row);
            var range = index.TileOf(level.Level, column, row);

            var jpeg = await tiles.Read(pyramid.Key, range.Offset, range.Length, ct);
            try
            {
                ct.ThrowIfCancellationRequested();
                Decoding.Decode(jpeg, width, height, merged, part, band, begin - first);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(jpeg.Array!);
            }
        }

        return bottom - top;
    }
}

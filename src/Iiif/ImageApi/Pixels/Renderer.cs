using Dlcs.Iiif.ImageApi.Serving;
using NetVips;

namespace Dlcs.Iiif.ImageApi.Pixels;

/// <summary>Makes pictures that are not stored; bounded in memory, time and number.</summary>
public sealed class Renderer : IDisposable
{
    private readonly Tiles tiles;
    private readonly IiifSettings settings;
    private readonly Turns turns;

    public Renderer(Tiles tiles, IiifSettings settings)
    {
        (this.tiles, this.settings) = (tiles, settings);
        turns = new(settings.Parallelism, settings);

        // No operation comes twice with the same operands: what libvips remembers of them costs memory only.
        (Cache.Max, Cache.MaxMem, Cache.MaxFiles) = (0, 0, 0);
    }

    /// <returns>The encoded picture; a refusal when the server is too busy or the picture takes too long.</returns>
    /// <exception cref="DamagedException">A stored tile is not what it should be.</exception>
    public Task<Outcome<byte[]>> Render(
        ServedImage image, ImageRequest request, Frame frame, CancellationToken aborted) =>
        turns.Take(ct => Make(image, request, frame, ct), aborted);

    public void Dispose() => turns.Dispose();

    private async Task<byte[]> Make(ServedImage image, ImageRequest request, Frame frame, CancellationToken ct)
    {
        var (pyramid, ready) = (image.Pyramid!, image.Ready!);
        var index = await tiles.Index(pyramid, ready.Width, ready.Height, ct);
        var source = Source.Of(index.Geometry, frame);

        using var raster = await Composing.Compose(tiles, pyramid, index, source, frame.Width, frame.Height, ct);
        return Encoding.Encode(raster, request, settings.Compression, ct);
    }
}

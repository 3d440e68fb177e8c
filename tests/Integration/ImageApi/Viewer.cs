using NetVips;

namespace Dlcs.Integration.ImageApi;

/// <summary>
/// Asks for tiles as a viewer does:
/// https://iiif.io/api/image/3.0/implementation/#3-tile-region-parameter-calculation.
/// </summary>
internal static class Viewer
{
    /// <summary>All tiles of one scale factor, side by side.</summary>
    /// <param name="only2">Spell sizes as 2.1 does: <c>w,</c>.</param>
    public static async Task<Image> PutTogether(
        Func<string, Task<Image>> look, string service, int width, int height, int tile, int factor, bool only2 = false)
    {
        var (across, down) = ((width + factor - 1) / factor, (height + factor - 1) / factor);
        var canvas = Image.Black(across, down, bands: 3);
        for (var y = 0; y < height; y += tile * factor)
        {
            for (var x = 0; x < width; x += tile * factor)
            {
                var (w, h) = (int.Min(tile * factor, width - x), int.Min(tile * factor, height - y));
                var (tw, th) = ((w + factor - 1) / factor, (h + factor - 1) / factor);
                var size = only2 ? $"{tw}," : $"{tw},{th}";
                using var image = await look($"{service}/{x},{y},{w},{h}/{size}/0/default.jpg");
                (image.Width, image.Height).ShouldBe((tw, th));
                using var before = canvas;
                canvas = before.Insert(image, x / factor, y / factor).CopyMemory();
            }
        }

        return canvas;
    }
}

using System.Diagnostics;
using NetVips;

namespace Dlcs.Benchmarks.Measurements;

/// <summary>
/// What libvips needs for the same derivatives when nothing else is asked of it: the pyramid in one go, four thumbnails
/// from it. In a process of its own, already warm, so that neither its start nor ours counts.
/// </summary>
internal static class Vips
{
    public const string Command = "vips";

    /// <summary>Does it as often as it is told on standard input; answers each time with milliseconds.</summary>
    public static void Serve(string picture, string folder)
    {
        Directory.CreateDirectory(folder);
        while (Console.ReadLine() is not null)
        {
            var clock = Stopwatch.StartNew();
            Make(picture, folder);
            Console.WriteLine(clock.Elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Make(string picture, string folder)
    {
        var pyramid = Path.Combine(folder, "pyramid.tif");
        using (var image = Image.NewFromFile(picture, access: Enums.Access.Sequential))
        {
            image.Tiffsave(
                pyramid, tile: true, pyramid: true, tileWidth: 512, tileHeight: 512,
                compression: Enums.ForeignTiffCompression.Jpeg, q: 85);
        }

        foreach (var edge in (int[])[1024, 400, 200, 100])
        {
            using var thumbnail = Image.Thumbnail(pyramid, edge, height: edge);
            thumbnail.Jpegsave(Path.Combine(folder, $"{edge}.jpg"), q: 85);
        }
    }
}

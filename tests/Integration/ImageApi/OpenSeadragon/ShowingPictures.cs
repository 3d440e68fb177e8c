using System.Text.Json;
using Dlcs.Integration.Servers;
using NetVips;

namespace Dlcs.Integration.ImageApi.OpenSeadragon;

/// <summary>
/// Most viewers show pictures by OpenSeadragon; Mirador and TIFY by this version, 5.0.1. Whatever it asks for shows the
/// picture, at every level. The cluster profile installs the node that it needs.
/// </summary>
[Trait("profile", "cluster")]
public sealed class ShowingPictures(PublicHost host) : IClassFixture<PublicHost>
{
    private static readonly int[] Thumbnails = [400, 200, 100];

    [Theory]
    [InlineData(1300, 900)] // three thumbnails, four levels
    [InlineData(700, 500)] // three and three
    [InlineData(450, 300)] // three and two
    [InlineData(150, 100)] // one and one
    [InlineData(90, 60)] // none
    [InlineData(3, 700)] // nearly nothing across
    [InlineData(2600, 4)] // less than a pixel down, at the smaller levels
    public async Task as_they_are(int width, int height)
    {
        Assert.SkipUnless(NodeFolder.IsThere, NodeFolder.Missing);
        using var picture = Picture.Make(width, height);
        var name = $"page-{width}x{height}";
        host.Images.Set(name, await host.Stored.Store(
            picture, 256, [.. Thumbnails.Where(edge => edge < int.Max(width, height))]));

        foreach (var tile in await Asked($"{host.Url}/iiif-img/2/5/{name}", $"{host.Url}/iiif-img/v2/2/5/{name}"))
        {
            using var shown = await host.Look(tile.Tile[host.Url.Length..]);
            var (left, top) = (tile.Left * width, tile.Top * width);
            var (across, down) = (tile.Width * width, tile.Height * width);
            var scale = tile.Largest ? 1 : across > down ? shown.Width / across : shown.Height / down;
            ((double)shown.Width).ShouldBe(across * scale, 1, $"{tile}");
            ((double)shown.Height).ShouldBe(down * scale, 1, $"{tile}");

            var (x, y) = ((int)Math.Round(left), (int)Math.Round(top));
            using var part = picture.Crop(
                x, y, int.Min((int)Math.Round(across), width - x), int.Min((int)Math.Round(down), height - y));
            using var wanted = part.ThumbnailImage(shown.Width, shown.Height, size: Enums.Size.Force);
            Picture.Likeness(shown, wanted).ShouldBeGreaterThan(20, $"{tile}");
        }
    }

    private static async Task<Asked[]> Asked(params string[] services)
    {
        var urls = services.Select(service => $"{service}/info.json");
        var (exit, said) = await NodeFolder.Run(
            await NodeFolder.Install(), "node", ["tiles.mjs", .. urls], TestContext.Current.CancellationToken);
        exit.ShouldBe(0, said);
        var asked = JsonSerializer.Deserialize<Asked[]>(said, JsonSerializerOptions.Web)!;
        asked.Count(tile => tile.Largest).ShouldBeGreaterThanOrEqualTo(services.Length);
        return asked;
    }
}

/// <summary>A tile that is asked for, and where it is shown.</summary>
/// <param name="Largest">Of the level with every pixel.</param>
/// <param name="Left">Like the other three, of the picture's width.</param>
internal sealed record Asked(
    string Tile, bool Largest, double Left, double Top, double Width, double Height);

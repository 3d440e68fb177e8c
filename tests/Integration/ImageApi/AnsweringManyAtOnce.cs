using NetVips;

namespace Dlcs.Integration.ImageApi;

public sealed class AnsweringManyAtOnce(PublicHost host) : IClassFixture<PublicHost>
{
    [Fact]
    public async Task gives_each_its_own_picture()
    {
        double[][] colours =
            [.. from i in Enumerable.Range(0, 8) select new double[] { i * 30, 255 - (i * 30), i * 9 }];
        for (var i = 0; i < colours.Length; i++)
        {
            using var black = Image.Black(600, 500);
            using var plain = (black + colours[i]).Cast(Enums.BandFormat.Uchar).Copy(
                interpretation: Enums.Interpretation.Srgb);
            host.Images.Set($"plain-{i}", await host.Stored.Store(plain, 256, 100));
        }

        string[] requests =
        [
            "0,0,256,256/256,256/0/default.jpg", "full/300,/90/default.png", "full/100,/0/default.jpg",
            "11,13,333,222/77,/!33/default.webp",
        ];
        await Task.WhenAll(Enumerable.Range(0, 4 * colours.Length * requests.Length).Select(n =>
        {
            var (image, request) = (n % colours.Length, requests[n / colours.Length % requests.Length]);
            return Check($"/iiif-img/2/5/plain-{image}/{request}", colours[image]);
        }));
    }

    private async Task Check(string path, double[] colour)
    {
        using var image = await host.Look(path);
        var middle = image[image.Width / 2, image.Height / 2];
        for (var band = 0; band < 3; band++) middle[band].ShouldBe(colour[band], tolerance: 4, path);
    }
}

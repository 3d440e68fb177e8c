using System.Net;
using Dlcs.Integration.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using NetVips;

namespace Dlcs.Benchmarks.Servers;

/// <summary>Pictures made for the occasion, and the origin that gives them.</summary>
internal sealed class Pictures : IAsyncDisposable
{
    private readonly WebApplication app;

    private Pictures(WebApplication app) => this.app = app;

    /// <summary>8000 by 6000 pixels, about 15 MB: as much detail as a scanned page.</summary>
    public Uri Large => new(new Uri(app.Urls.Single()), "/large.jpg");

    /// <summary>400 by 300 pixels.</summary>
    public Uri Small => new(new Uri(app.Urls.Single()), "/small.jpg");

    public static async Task<Pictures> Serve(string folder)
    {
        Directory.CreateDirectory(folder);
        Make(Path.Combine(folder, "large.jpg"), 8000, 6000);
        Make(Path.Combine(folder, "small.jpg"), 400, 300);

        var builder = OwnServer.Builder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder) });
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Clouds in three colours under a film grain.</summary>
    private static void Make(string file, int width, int height)
    {
        if (File.Exists(file)) return;
        var bands = Enumerable.Range(1, 3).Select(seed =>
        {
            using var clouds = Image.Perlin(width, height, cellSize: 97 * seed, seed: seed);
            using var grain = Image.Gaussnoise(width, height, sigma: 15, mean: 128, seed: seed);
            using var loud = clouds * 90;
            using var both = loud + grain;
            return both.Cast(Enums.BandFormat.Uchar);
        }).ToArray();
        using var colour = bands[0].Bandjoin(bands[1..]);
        using var picture = colour.Copy(interpretation: Enums.Interpretation.Srgb);
        picture.Jpegsave(file, q: 85);
        foreach (var band in bands) band.Dispose();
    }
}

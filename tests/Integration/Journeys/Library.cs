using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Integration.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using NetVips;

namespace Dlcs.Integration.Journeys;

/// <summary>The origin of a library's pictures: a web server over a folder, and paths that misbehave.</summary>
internal sealed class Library : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string folder;
    private int slow;

    private Library(WebApplication app, string folder) => (this.app, this.folder) = (app, folder);

    /// <summary>How many files were asked for slowly: from <c>slow/</c>, which takes three seconds.</summary>
    public int Slow => Volatile.Read(ref slow);

    public static async Task<Library> Open()
    {
        var folder = Directory.CreateTempSubdirectory("dlcs-library-").FullName;
        var builder = OwnServer.Builder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var library = new Library(app, folder);
        app.Map("/slow/{name}", async (string name) =>
        {
            Interlocked.Increment(ref library.slow);
            await Task.Delay(TimeSpan.FromSeconds(3));
            return Results.File(Path.Combine(folder, name), "image/jpeg");
        });
        app.Map("/status/{status:int}", (int status) => Results.StatusCode(status));
        app.Map("/html", () => Results.Content("<!doctype html><title>Sorry</title>", "text/html"));
        app.Map("/empty", () => Results.Bytes([]));
        app.Map("/redirect", () => Results.Redirect("http://169.254.169.254/latest"));
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(folder),
            ServeUnknownFileTypes = true,
        });
        await app.StartAsync();
        return library;
    }

    public string Url(string path) => $"{app.Urls.Single()}/{path}";

    /// <summary>A page as a file of the library.</summary>
    public Image Page(string name, int width, int height)
    {
        var page = ImageApi.Picture.Make(width, height);
        page.WriteToFile(Path.Combine(folder, name));
        return page;
    }

    /// <summary>A batch of images of ten of its files, <c>0.jpg</c> to <c>9.jpg</c>.</summary>
    /// <param name="sent">The files come with it, and none is fetched.</param>
    public JsonObject Batch(string book, int members, int space = 1, bool sent = false) => new()
    {
        ["member"] = new JsonArray([.. Enumerable.Range(0, members).Select(n => (JsonNode)new JsonObject
        {
            ["id"] = $"{book}-{n}", ["space"] = space, ["string1"] = book, ["number1"] = n,
            [sent ? "file" : "origin"] = sent ? Base64($"{n % 10}.jpg") : Url($"{n % 10}.jpg"),
        })]),
    };

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private string Base64(string name) => Convert.ToBase64String(File.ReadAllBytes(Path.Combine(folder, name)));
}

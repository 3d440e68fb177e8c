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

    private Library(WebApplication app, string folder) => (this.app, this.folder) = (app, folder);

    public static async Task<Library> Open()
    {
        var folder = Directory.CreateTempSubdirectory("dlcs-library-").FullName;
        var builder = OwnServer.Builder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
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
        return new(app, folder);
    }

    public string Url(string path) => $"{app.Urls.Single()}/{path}";

    /// <summary>A page as a file of the library.</summary>
    public Image Page(string name, int width, int height)
    {
        var page = ImageApi.Picture.Make(width, height);
        page.WriteToFile(Path.Combine(folder, name));
        return page;
    }

    /// <summary>A batch of images of ten of its files, <c>0.jpg</c> to <c>9.jpg</c>, in space 1.</summary>
    /// <param name="sent">The files come with it, and none is fetched.</param>
    public JsonObject Batch(string book, int members, bool sent = false) => new()
    {
        ["member"] = new JsonArray([.. Enumerable.Range(0, members).Select(n => (JsonNode)new JsonObject
        {
            ["id"] = $"{book}-{n}", ["space"] = 1, ["string1"] = book, ["number1"] = n,
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

using System.Net;
using Dlcs.Integration.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;

namespace Dlcs.Benchmarks.Servers;

/// <summary>What stored tiles are compared with: Kestrel and its static files, and nothing else.</summary>
internal static class StaticFiles
{
    public const string Command = "static-files";

    /// <summary>Serves a folder until it is stopped.</summary>
    public static async Task Serve(string folder, int port)
    {
        var builder = OwnServer.Builder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        await using var app = builder.Build();
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder) });
        await app.RunAsync();
    }

    /// <summary>The same in a process of its own, with the runtime set as for the program under test.</summary>
    public static Child Start(Settings settings, string folder, int port)
    {
        var runtime = Path.ChangeExtension(settings.Program, "runtimeconfig.json");
        return Child.Start(
            settings.Place("static-files.log"),
            ["exec", "--runtimeconfig", runtime, typeof(StaticFiles).Assembly.Location, Command, folder, $"{port}"]);
    }
}

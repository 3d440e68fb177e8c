using Dlcs.Host;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dlcs.Integration.Journeys;

public sealed class WatchingNoFiles
{
    [Fact]
    public async Task of_the_folder_that_it_was_started_in()
    {
        var settings = Installation.NewSettings() with { Postgres = "Host=127.0.0.1;Port=1;Database=none" };
        await using var host = Hosting.Build(settings);

        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration.Providers.OfType<JsonConfigurationProvider>().ShouldAllBe(file => !file.Source.ReloadOnChange);
        host.Services.GetRequiredService<IHostEnvironment>().ContentRootPath.TrimEnd('/')
            .ShouldBe(AppContext.BaseDirectory.TrimEnd('/'));
        Directory.Delete(settings.Data, recursive: true);
    }
}

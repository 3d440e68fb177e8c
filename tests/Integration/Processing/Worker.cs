using Dlcs.Kernel.Events.Marten;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.Folder;
using Dlcs.Processing;
using Dlcs.Processing.Images;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dlcs.Integration.Processing;

/// <summary>The role alone: real log, real queue, real storage, and <see cref="Origins"/>.</summary>
internal static class Worker
{
    public static IHost Build(string connection, string folder, ProcessingSettings settings, HeardLog? heard = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        if (heard is not null) builder.Logging.AddProvider(heard);
        builder.Logging.AddSimpleConsole(o => o.IncludeScopes = true).AddFilter(null, LogLevel.Warning)
            .AddFilter<HeardLog>("Dlcs", LogLevel.Information);
        var source = NpgsqlDataSource.Create(connection);
        builder.Services
            .AddSingleton(source)
            .AddSingleton(TimeProvider.System)
            .AddMartenLog(connection, new())
            .AddSingleton<IStorage>(new FolderStorage(Path.Combine(folder, "objects"), TimeProvider.System))
            .AddSingleton(s => new Ingest(s.GetRequiredService<IStorage>(), new Origins(source).Fetch, Origins.Make))
            .AddProcessing(settings with { WorkFolder = Path.Combine(folder, "work") });
        return builder.Build();
    }
}

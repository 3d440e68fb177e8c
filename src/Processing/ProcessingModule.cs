using Dlcs.Kernel.Events;
using Dlcs.Kernel.Storage;
using Dlcs.Processing.Fetching;
using Dlcs.Processing.Images;
using Dlcs.Processing.Pixels;
using Dlcs.Processing.Queue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dlcs.Processing;

/// <summary>The role that processes images.</summary>
public static class ProcessingModule
{
    /// <summary>
    /// Takes <see cref="IEventStore"/>, <see cref="IStorage"/>, <see cref="NpgsqlDataSource"/> from the container.
    /// </summary>
    public static IServiceCollection AddProcessing(
        this IServiceCollection services, ProcessingSettings settings, FetchSettings fetching, PixelLimits limits) =>
        services
            .AddSingleton(s => new Ingest(
                s.GetRequiredService<IStorage>(),
                async (origin, file, ct) =>
                {
                    var fetched = await Fetch.ToFile(origin, file, fetching, ct);
                    return new(fetched.Bytes, fetched.Sha256);
                },
                (file, image, folder, ct) => Derivatives.Make(file, DerivativeOrder.Of(image), folder, limits, ct)))
            .AddProcessing(settings);

    internal static IServiceCollection AddProcessing(this IServiceCollection services, ProcessingSettings settings) =>
        services
            .AddSingleton(_ => new WorkFolders(settings.WorkFolder))
            .AddHostedService(s => Work(s, settings, s.GetRequiredService<Ingest>()));

    private static Working Work(IServiceProvider services, ProcessingSettings settings, Ingest ingest)
    {
        var source = services.GetRequiredService<NpgsqlDataSource>();
        var store = services.GetRequiredService<IEventStore>();
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var folders = services.GetRequiredService<WorkFolders>();
        var setting = new JobSetting(store, folders, time, settings.JobTimeout, stopping);
        var job = new Job(ingest, setting, loggers.CreateLogger<Job>());
        var dispatcher = new Dispatcher(store, source, loggers.CreateLogger<Dispatcher>());
        var tries = new Tries(source, settings);
        return new Working(
            () => WorkQueue.Build(
                source, settings, new(job, tries, loggers.CreateLogger<ProcessImageHandler>()), loggers),
            ct => dispatcher.Run(settings.Schema, time, ct),
            loggers.CreateLogger<Working>());
    }
}

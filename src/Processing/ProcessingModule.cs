using Dlcs.Kernel.Events;
using Dlcs.Kernel.Storage;
using Dlcs.Processing.Fetching;
using Dlcs.Processing.Images;
using Dlcs.Processing.Pixels;
using Dlcs.Processing.Queue;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Dlcs.Processing;

/// <summary>The role that processes images.</summary>
public static class ProcessingModule
{
    /// <summary>
    /// Takes <see cref="IEventStore"/>, <see cref="IStorage"/>, <see cref="NpgsqlDataSource"/> and
    /// <see cref="TimeProvider"/> from the container.
    /// </summary>
    public static IServiceCollection AddProcessing(
        this IServiceCollection services, ProcessingSettings settings, FetchSettings fetching, PixelLimits limits) =>
        services
            .AddSingleton(s => Ingest.Into(s.GetRequiredService<IStorage>(), fetching, limits))
            .AddProcessing(settings);

    internal static IServiceCollection AddProcessing(this IServiceCollection services, ProcessingSettings settings) =>
        services
            .AddSingleton(settings)
            .AddSingleton(_ => new WorkFolders(settings.WorkFolder))
            .AddSingleton<JobSetting>()
            .AddSingleton<Job>()
            .AddSingleton<QueueSetting>()
            .AddSingleton<Tries>()
            .AddSingleton<ProcessImageHandler>()
            .AddSingleton<WorkQueue>()
            .AddSingleton<Dispatcher>()
            .AddHostedService<Working>();
}

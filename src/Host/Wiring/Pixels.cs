using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.Caching;
using Dlcs.Kernel.Storage.Folder;
using Dlcs.Kernel.Storage.S3;

namespace Dlcs.Host.Wiring;

/// <summary>Where pixels are: in a folder, or in S3 behind a cache for those who serve them.</summary>
internal static class Pixels
{
    public static IServiceCollection AddPixels(this IServiceCollection services, HostSettings settings)
    {
        if (settings.S3 is not { } s3)
        {
            services
                .AddSingleton(s => new FolderStorage(settings.Storage, s.GetRequiredService<TimeProvider>()))
                .AddSingleton<IStorage>(s => Watched(s, settings.Storage, s.GetRequiredService<FolderStorage>()));
            return (settings.Roles & (Roles.Write | Roles.Processing)) is 0 ? services
                : services.AddHostedService(s => new FolderWatch(
                    s.GetRequiredService<FolderStorage>, s.GetRequiredService<TimeProvider>(),
                    s.GetRequiredService<ILogger<FolderWatch>>()));
        }

        services.AddSingleton(s => new S3Storage(s3, s.GetRequiredService<TimeProvider>()));
        services.AddHostedService<S3Watch>();
        return settings.CacheBytes > 0 && settings.Roles.HasFlag(Roles.Iiif)
            ? services.AddSingleton<IStorage>(s => Cached(s, s3, settings))
            : services.AddSingleton<IStorage>(s => Far(s, s3));
    }

    private static WatchedStorage Far(IServiceProvider services, S3Settings s3) =>
        Watched(services, $"{s3}", services.GetRequiredService<S3Storage>());

    private static WatchedStorage Watched(IServiceProvider services, string place, IStorage storage) => new(
        storage, new($"The storage {place}", services.GetRequiredService<ILogger<WatchedStorage>>(),
            services.GetRequiredService<TimeProvider>()));

    private static LocalCache Cached(IServiceProvider services, S3Settings s3, HostSettings settings) => new(
        Far(services, s3),
        new CacheSettings(settings.Cache, settings.CacheBytes) { Time = services.GetRequiredService<TimeProvider>() },
        services.GetRequiredService<ILogger<LocalCache>>());
}

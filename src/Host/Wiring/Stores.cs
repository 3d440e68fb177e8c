using Dlcs.Kernel.Events.EventStore;
using Dlcs.Kernel.Events.Marten;
using Dlcs.Read.Api;
using Dlcs.Read.Images;
using Dlcs.Read.Images.Elastic;
using Dlcs.Read.Images.Postgres;
using Dlcs.Read.Projecting;
using Npgsql;

namespace Dlcs.Host.Wiring;

/// <summary>Which adapter stands behind each port.</summary>
internal static class Stores
{
    /// <summary>The stores without a host, for commands.</summary>
    public static ServiceProvider Open(HostSettings settings) => new ServiceCollection()
        .AddLogging().AddSingleton(TimeProvider.System).AddStores(settings).BuildServiceProvider();

    public static IServiceCollection AddStores(this IServiceCollection services, HostSettings settings)
    {
        var postgres = settings.Postgres ?? throw new ArgumentException("there is no database", nameof(settings));
        return services
            .AddSingleton(_ => Source(postgres))
            .AddLog(settings, postgres)
            .AddPixels(settings)
            .AddIndex(settings)
            .AddSingleton(Urls(settings));
    }

    /// <summary>What ids begin with, on both hosts.</summary>
    public static UrlSettings Urls(HostSettings settings) =>
        new(settings.ApiUrl, settings.PublicUrl, settings.ApiPort, settings.Port);

    /// <summary>The views, and the image index where it is set to be.</summary>
    private static IServiceCollection AddIndex(this IServiceCollection services, HostSettings settings)
    {
        var schema = $"{settings.Prefix}_read";
        if (settings.Index is not { } index)
        {
            return services
                .AddSingleton(s => new ReadStore(s.GetRequiredService<NpgsqlDataSource>(), schema))
                .AddSingleton<IImageIndex, PostgresImageIndex>();
        }
        return services
            .AddSingleton(s => new ElasticClient(index, s.GetRequiredService<ILogger<ElasticClient>>()))
            .AddSingleton(s => new ReadStore(
                s.GetRequiredService<NpgsqlDataSource>(), schema, s.GetRequiredService<ElasticClient>()))
            .AddSingleton<IImageIndex, ElasticImageIndex>();
    }

    private static IServiceCollection AddLog(
        this IServiceCollection services, HostSettings settings, string postgres) => settings.EventStore is { } address
        ? services.AddEventStoreLog(address, settings.Prefix)
        : services.AddMartenLog(postgres, new LogSettings { Prefix = settings.Prefix });

    /// <summary>The same few statements all day: PostgreSQL need not parse them each time.</summary>
    private static NpgsqlDataSource Source(string postgres) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres)
        {
            MaxAutoPrepare = 100,
            ApplicationName = "dlcs",
        });
}

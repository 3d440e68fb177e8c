using Dlcs.Kernel.Events.Marten;
using Dlcs.Read.Api;
using Dlcs.Read.Projecting;
using Npgsql;

namespace Dlcs.Host.Wiring;

/// <summary>Which adapter stands behind each port.</summary>
internal static class Stores
{
    public static IServiceCollection AddStores(this IServiceCollection services, HostSettings settings)
    {
        var postgres = settings.Postgres ?? throw new ArgumentException("there is no database", nameof(settings));
        return services
            .AddSingleton(_ => Source(postgres))
            .AddMartenLog(postgres, new LogSettings { Prefix = settings.Prefix })
            .AddPixels(settings)
            .AddSingleton(s => new ReadStore(s.GetRequiredService<NpgsqlDataSource>(), $"{settings.Prefix}_read"))
            .AddSingleton(new UrlSettings(settings.ApiUrl, settings.PublicUrl, settings.ApiPort, settings.Port));
    }

    /// <summary>The same few statements all day: PostgreSQL need not parse them each time.</summary>
    private static NpgsqlDataSource Source(string postgres) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres)
        {
            MaxAutoPrepare = 100,
            ApplicationName = "dlcs",
        });
}

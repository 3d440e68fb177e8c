using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Kernel.Events.Marten;

public static class MartenLog
{
    /// <summary>The log on PostgreSQL.</summary>
    public static IServiceCollection AddMartenLog(
        this IServiceCollection services, string connectionString, LogSettings settings) =>
        services.AddSingleton<IEventStore>(_ => new MartenEventStore(connectionString, settings));
}

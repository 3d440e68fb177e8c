using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dlcs.Kernel.Events.Marten;

public static class MartenLog
{
    /// <summary>The log on PostgreSQL.</summary>
    public static IServiceCollection AddMartenLog(
        this IServiceCollection services, string connectionString, LogSettings settings) =>
        services.AddSingleton<IEventStore>(s => new MartenEventStore(
            connectionString, settings, s.GetService<ILogger<MartenEventStore>>()));
}

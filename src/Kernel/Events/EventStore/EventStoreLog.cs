using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dlcs.Kernel.Events.EventStore;

public static class EventStoreLog
{
    /// <summary>The log in EventStoreDB.</summary>
    public static IServiceCollection AddEventStoreLog(
        this IServiceCollection services, EventStoreAddress address, string prefix) =>
        services.AddSingleton<IEventStore>(s => new GrpcEventStore(
            address, prefix, s.GetService<ILogger<GrpcEventStore>>()));
}

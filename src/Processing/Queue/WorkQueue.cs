using Dlcs.Processing.Images;
using JasperFx.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Wolverine;
using Wolverine.Postgresql;
using Wolverine.Postgresql.Transport;
using Wolverine.Transports;

namespace Dlcs.Processing.Queue;

/// <summary>
/// Wolverine, set up for these two lanes and nothing else, in a host of its own: it can be started again when
/// PostgreSQL was not there, and what it registers stays out of the application's container.
/// </summary>
internal sealed class WorkQueue(QueueSetting setting, ProcessImageHandler handler, ILoggerFactory loggers)
{
    /// <summary>How often is looked for retries whose pause is over, and for what nobody owns.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <param name="ending">It is about to be stopped.</param>
    public IHost Build(CancellationToken ending)
    {
        var (source, settings) = (setting.Source, setting.Settings);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Logging.AddProvider(new Forwarding(loggers))
            .AddFilter("Wolverine", LogLevel.Warning)
            .AddFilter("Wolverine.Configuration.HandlerDiscovery", LogLevel.Error); // there is nothing to discover
        builder.Services.AddWolverine(ExtensionDiscovery.ManualOnly, wolverine =>
        {
            wolverine.ApplicationAssembly = typeof(WorkQueue).Assembly;
            wolverine.ServiceName = "dlcs-processing";
            wolverine.CodeGeneration.TypeLoadMode = TypeLoadMode.Static;
            wolverine.Discovery.DisableConventionalDiscovery();
            wolverine.AddMessageHandler(handler);
            wolverine.DefaultExecutionTimeout = Timeout.InfiniteTimeSpan; // the job has its own, and may wait
            Recover(wolverine.Durability, settings);
            wolverine.PersistMessagesWithPostgresql(source, settings.Schema)
                .EnableMessageTransport(t => t.TransportSchemaName(settings.Schema));
            var transport = wolverine.Transports.GetOrCreate<PostgresqlTransport>();
            transport.EnableQueueNotifications = true;
            Listen(wolverine, transport, Lanes.Normal, settings.Parallelism, ending);
            Listen(wolverine, transport, Lanes.Priority, settings.PriorityParallelism, ending);
        });
        return builder.Build();
    }

    private void Listen(
        WolverineOptions wolverine, PostgresqlTransport transport, string lane, int slots, CancellationToken ending)
    {
        transport.Queues[lane] = new GatedLane(lane, transport, new(slots, Wake, ending));
        wolverine.ListenToPostgresqlQueue(lane)
            .UseDurableInbox(new BufferingLimits(Maximum: 4 * slots, Restart: slots))
            .MaximumParallelMessages(slots)
            .MaximumMessagesToReceive(slots)
            .PollingInterval(Look);

        async Task Wake()
        {
            await using var wake = setting.Source.CreateCommand(LedgerSql.Wake(setting.Settings.Schema, lane));
            await wake.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private static void Recover(DurabilitySettings durability, ProcessingSettings settings)
    {
        durability.Mode = settings.Shared ? DurabilityMode.Balanced : DurabilityMode.Solo;
        durability.ScheduledJobFirstExecution = Look / 4; // when the lanes are open
        durability.ScheduledJobPollingTime = Look;
        durability.OrphanedMessageSweepPollingTime = Look;
        durability.FirstHealthCheckExecution = Look;
        durability.HealthCheckPollingTime = TimeSpan.FromSeconds(2);
        durability.StaleNodeTimeout = TimeSpan.FromSeconds(6);
        durability.CheckAssignmentPeriod = TimeSpan.FromSeconds(5);
        durability.InboxStaleTime = 2 * settings.JobTimeout;
        durability.DrainTimeout = settings.StopTimeout;
        durability.DurabilityMetricsEnabled = false;
    }
}

/// <summary>Signals are the application's, which starts and stops this host.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Where the queue is, and how it works.</summary>
internal sealed record QueueSetting(NpgsqlDataSource Source, ProcessingSettings Settings, TimeProvider Time);

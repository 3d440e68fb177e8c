using Dlcs.Kernel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dlcs.Processing.Queue;

/// <summary>Keeps the queue going from the start of the process to its end, also when PostgreSQL comes later.</summary>
internal sealed class Working(WorkQueue work, Dispatcher dispatcher, ILogger<Working> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Persistently.Run(
        "The work queue",
        async ct =>
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
            using var queue = work.Build(ending.Token);
            try
            {
                await queue.StartAsync(ct);
                await dispatcher.Run(ct);
            }
            finally
            {
                await ending.CancelAsync();
                await queue.StopAsync(CancellationToken.None);
            }
        },
        logger, TimeProvider.System, stoppingToken);
}

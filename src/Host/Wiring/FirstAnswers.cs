using Dlcs.Host.Http;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Storage;
using Dlcs.Read.Images.Elastic;
using Npgsql;

namespace Dlcs.Host.Wiring;

/// <summary>
/// Asks every engine that the settings name until it has answered once; so long this process is not ready. A wrong
/// setting is found out at the start, and no load is sent to whom it concerns. An engine that falls ill later is told
/// by what asks it, and takes nobody out of service who can do without it.
/// </summary>
internal sealed class FirstAnswers(
    IReadOnlyList<Engine> engines, Readiness readiness, ILogger<FirstAnswers> logger) : BackgroundService
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    public static FirstAnswers Of(IServiceProvider services, HostSettings settings) => new(
        [.. Engines(services, settings)],
        services.GetRequiredService<Readiness>(), services.GetRequiredService<ILogger<FirstAnswers>>());

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var engine in engines) readiness.WaitFor(engine.Name, $"{engine.Name} has not answered yet");
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(engines.Select(engine => Await(engine, stoppingToken)));

    private static IEnumerable<Engine> Engines(IServiceProvider services, HostSettings settings)
    {
        var (database, log) = (
            services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<IEventStore>());
        yield return new("PostgreSQL", ct => DatabaseWatch.Ask(database, ct));
        yield return new("the log", ct => log.End(ct));
        if (settings.Index is not null && settings.Roles is not Roles.Processing) // which searches nothing
            yield return new("the image index", services.GetRequiredService<ElasticClient>().Ping);
        if (settings.S3 is not null)
        {
            var storage = services.GetRequiredService<IStorage>();
            yield return new($"the storage {settings.S3}", ct => storage.List(ct).FirstOrDefaultAsync(ct).AsTask());
        }
    }

    private async Task Await(Engine engine, CancellationToken ct)
    {
        var repetition = new Repetition(TimeProvider.System);
        for (var pause = Shortest; ; pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            try
            {
                await engine.Ask(ct);
                readiness.Has(engine.Name);
                return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                var reason = Database.Message(e);
                readiness.WaitFor(engine.Name, $"{engine.Name} cannot be used yet: {reason}");
                if (repetition.IsNew(reason))
                    logger.LogWarning("Not ready yet: {Engine} cannot be used: {Reason}", engine.Name, reason);
            }
            await Task.Delay(pause, ct);
        }
    }
}

/// <param name="Name">Where it is; no secrets.</param>
/// <param name="Ask">Anything that shows that it is there and lets us in.</param>
internal sealed record Engine(string Name, Func<CancellationToken, Task> Ask);

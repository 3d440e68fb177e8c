using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>
/// How far the views are, as every process is told: so that a command waits until the next query shows it, and caches
/// drop what has changed.
/// </summary>
public sealed class Progress(ReadStore store, ILogger<Progress> logger) : BackgroundService
{
    private readonly Lock gate = new();
    private readonly List<(Position Position, TaskCompletionSource Reached)> waiting = [];
    private Position position = Position.Start;
    private Position tooFar = new(long.MaxValue);

    /// <summary>Images that changed; <c>null</c>: any may have. Called after the views show it.</summary>
    public event Action<IReadOnlyList<string>?>? Changed;

    /// <summary>Up to here the live views have seen the log.</summary>
    public Position Position
    {
        get { lock (gate) return position; }
    }

    /// <summary>Waits until the views show what stands at <paramref name="wanted"/>.</summary>
    /// <returns><c>false</c> when they do not in time, or are known to lag more.</returns>
    public async Task<bool> Reached(Position wanted, TimeSpan atMost, CancellationToken ct)
    {
        TaskCompletionSource reached;
        lock (gate)
        {
            if (position >= wanted) return true;
            if (wanted >= tooFar) return false;
            reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((wanted, reached));
        }

        try
        {
            await reached.Task.WaitAsync(atMost, ct);
            return true;
        }
        catch (TimeoutException)
        {
            lock (gate)
            {
                waiting.RemoveAll(w => w.Reached == reached);
                tooFar = wanted < tooFar ? wanted : tooFar;
            }
            return false;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Persistently.Run(
        "listening to the views", Listen, logger, TimeProvider.System, stoppingToken);

    private async Task Listen(CancellationToken ct)
    {
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        connection.Notification += (_, e) => Hear(Announcement.Read(e.Payload));
        await using (var listen = new NpgsqlCommand($"listen {store.Channel}", connection))
            await listen.ExecuteNonQueryAsync(ct);
        await LookUp(ct); // what was said while nobody listened

        while (true)
            if (!await connection.WaitAsync(TimeSpan.FromSeconds(5), ct)) await LookUp(ct);
    }

    private async Task LookUp(CancellationToken ct)
    {
        IReadOnlyList<Generation> views;
        try
        {
            views = [.. (await store.Generations(ct)).Where(g => g.Parked is null)];
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return; // nobody has made the views yet
        }
        store.Refresh();
        if (views is not [] && views.Min(g => g.Position) is var seen && seen != Position) Hear(new(seen, null));
    }

    private void Hear(Announcement announcement)
    {
        if (announcement.Images is null) store.Refresh();
        Changed?.Invoke(announcement.Images);
        lock (gate)
        {
            position = announcement.Position;
            if (position >= tooFar) tooFar = new(long.MaxValue);
            foreach (var (_, reached) in waiting.Where(w => w.Position <= position)) reached.TrySetResult();
            waiting.RemoveAll(w => w.Position <= position);
        }
    }
}

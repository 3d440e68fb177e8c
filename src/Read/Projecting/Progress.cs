using System.Diagnostics;
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
    /// <summary>How long nothing is said before it is asked whether anybody is there.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    /// <summary>An answer on this line takes a moment; who waits for more seconds waits for nobody.</summary>
    private const int Patience = 5;

    /// <summary>After so many such silences it is looked up how far the views are.</summary>
    private const int Silences = 10;

    private readonly Lock gate = new();
    private readonly List<(Position Position, Seen[] By, TaskCompletionSource Reached)> waiting = [];
    private readonly Dictionary<string, Seen> seen = store.Stores.ToDictionary(kept => kept, _ => new Seen());
    private HashSet<string> stopped = [];
    private bool unknown;
    private long heard;
    private volatile bool away;

    /// <summary>
    /// Images that changed; <c>null</c>: any may have. Who reads one by its id from now on gets it as it is, who
    /// searches may have to wait until <see cref="Reached"/>.
    /// </summary>
    public event Action<IReadOnlyList<string>?>? Changed;

    /// <summary>Waits until the views show what stands at <paramref name="wanted"/>.</summary>
    /// <param name="views">Those that must; none named: all.</param>
    /// <returns><c>false</c> when they do not in time, are known to lag more, or one of them has stopped.</returns>
    public async Task<bool> Reached(Position wanted, TimeSpan atMost, CancellationToken ct, params string[] views)
    {
        var asked = store.Projections.Where(p => views is [] || views.Contains(p.Name)).ToLookup(p => p.Kept);
        Seen[] by;
        TaskCompletionSource reached;
        lock (gate)
        {
            by = [.. seen.Where(s => asked.Contains(s.Key)).Select(s => s.Value)];
            if (asked.SelectMany(p => p).Any(p => stopped.Contains(p.Name))) return false;
            if (by.All(s => s.Position >= wanted)) return true;
            if (by.Any(s => wanted >= s.TooFar)) return false;
            reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((wanted, by, reached));
        }

        try
        {
            await reached.Task.WaitAsync(atMost, ct);
            return true;
        }
        catch (TimeoutException)
        {
            lock (gate)
                foreach (var late in by.Where(s => s.Position < wanted && wanted < s.TooFar)) late.TooFar = wanted;
            return false;
        }
        finally
        {
            lock (gate) waiting.RemoveAll(w => w.Reached == reached);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Persistently.Run("listening to the views", Listen, logger, TimeProvider.System, stoppingToken),
        Persistently.Run("forgetting what may be old", Forget, logger, TimeProvider.System, stoppingToken));

    private async Task Listen(CancellationToken ct)
    {
        if (away) Heard();
        away = false;
        try
        {
            await using var connection = await store.Database.OpenConnectionAsync(ct);
            connection.Notification += (_, e) => Hear(Announcement.Read(e.Payload));
            await Say(connection, $"listen {store.Channel}", ct);
            await LookUp(ct);
            Changed?.Invoke(null); // what was said while nobody listened

            for (var silences = 0; ;)
            {
                silences = await connection.WaitAsync(Quiet, ct) ? 0 : silences + 1;
                if (silences > 0) await Say(connection, "select 1", ct);
                else Heard();
                if (unknown || (silences > 0 && silences % Silences is 0)) await LookUp(ct);
            }
        }
        catch (NpgsqlException e) when (e.InnerException is not TimeoutException)
        {
            away = true; // it has said so
            throw;
        }
    }

    /// <summary>What lies between may have forgotten a connection that was quiet, and tells nobody.</summary>
    /// <exception cref="NpgsqlException">It has.</exception>
    private async Task Say(NpgsqlConnection connection, string words, CancellationToken ct)
    {
        await using var said = new NpgsqlCommand(words, connection) { CommandTimeout = Patience };
        await said.ExecuteNonQueryAsync(ct);
        Heard();
    }

    private void Heard() => Interlocked.Exchange(ref heard, Stopwatch.GetTimestamp());

    /// <summary>
    /// While nobody answers, nothing that is known is known for long: others may write. A server that is away changes
    /// nothing, and what is known is served until it is back.
    /// </summary>
    private async Task Forget(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Quiet / 2);
        while (await timer.WaitForNextTickAsync(ct))
            if (!away && Stopwatch.GetElapsedTime(Interlocked.Read(ref heard)) > Quiet * 1.5) Changed?.Invoke(null);
    }

    private async Task LookUp(CancellationToken ct)
    {
        ILookup<bool, Generation> views;
        unknown = false;
        try
        {
            views = (await store.Generations(ct)).ToLookup(g => g.Parked is null && store.IsOurs(g));
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return; // nobody has made the views yet
        }
        store.Refresh();
        lock (gate) stopped = [.. views[false].Select(g => g.View)];
        foreach (var kept in views[true].GroupBy(g => g.Kept))
            if (kept.Min(g => g.Shown) is var shown && shown != At(kept.Key)) Hear(new(kept.Key, shown, null));
        lock (gate)
            foreach (var (kept, parked) in seen)
                if (views[true].All(g => g.Kept != kept)) parked.TooFar = Position.Start;
    }

    private Position At(string kept)
    {
        lock (gate) return seen.TryGetValue(kept, out var by) ? by.Position : Position.Start;
    }

    private void Hear(Announcement announcement)
    {
        if (announcement.Images is null) store.Refresh();
        Changed?.Invoke(announcement.Images);
        if (announcement.Position == Position.Start)
        {
            unknown = true;
            return;
        }

        lock (gate)
        {
            if (!seen.TryGetValue(announcement.Kept, out var by)) return; // of a process with other settings
            by.Position = announcement.Position;
            if (by.Position >= by.TooFar) by.TooFar = Seen.Never;
            foreach (var (position, all, reached) in waiting)
                if (all.All(s => s.Position >= position)) reached.TrySetResult();
        }
    }

    /// <summary>How far the views of one store are known to be.</summary>
    private sealed class Seen
    {
        public static readonly Position Never = new(long.MaxValue);

        public Position Position { get; set; } = Position.Start;

        /// <summary>Nobody waits for what stands from here on: it did not come in time.</summary>
        public Position TooFar { get; set; } = Never;
    }
}

using Dlcs.Host.Wiring;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Read.Batches;
using Dlcs.Read.Projecting;

namespace Dlcs.Host.Http;

/// <summary>Whether the program lives, and whether it can do its work; on both hosts.</summary>
internal static class Health
{
    /// <summary>So many events behind are told; a view that lags more lags at least so much.</summary>
    private const int MostCounted = 1_000;

    /// <summary>Counting reads events, and anybody may ask: all who ask within this time get the same answer.</summary>
    private static readonly TimeSpan Shared = TimeSpan.FromSeconds(1);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var all = app.ServiceProvider;
        var whole = new SharedAttempt<IResult>(
            () => Look(all.GetRequiredService<ReadStore>(), all.GetRequiredService<IEventStore>()), Shared);
        app.MapGet("/health/live", () => Results.Text("live\n"));
        app.MapGet("/health/ready", (ReadStore store, Readiness readiness, CancellationToken ct) =>
            readiness.Reasons is { Count: > 0 } reasons
                ? Task.FromResult(Red(string.Join("; ", reasons))) : Look(store, log: null, ct));
        app.MapGet("/health", (CancellationToken ct) => whole.Get(ct));
    }

    /// <param name="log">To tell how far behind it the views are; <c>null</c>: only whether there is work to be done.
    /// </param>
    private static async Task<IResult> Look(ReadStore store, IEventStore? log, CancellationToken ct = default)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(TimeSpan.FromSeconds(3));
            var views = await store.Generations(patience.Token);
            var red = views is [] || (log is not null && views.Any(v => v.Parked is not null));
            var behind = new Dictionary<Position, int>();
            foreach (var at in log is null ? [] : views.Select(v => v.Shown).Distinct())
                behind[at] = await log!.Behind(at, MostCounted, patience.Token);
            var waiting = log is null || views is [] ? (long?)null : await QueueQueries.Waiting(store, patience.Token);
            var shown = views.Select(v => new
            { v.View, position = v.Shown.Value, lag = log is null ? (int?)null : behind[v.Shown], v.Parked });
            return Results.Json(
                new { status = red ? "red" : "green", waiting, views = shown },
                statusCode: red ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
        }
        catch (Exception away) when (Errors.IsAway(away) || Errors.IsYetToBeMade(away)
            || (away is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return Red(away is OperationCanceledException ? "PostgreSQL or the log does not answer in time"
                : Errors.IsYetToBeMade(away) ? "the views are being made" : Database.Reason(away));
        }
    }

    private static IResult Red(string reason) => Results.Json(
        new { status = "red", reason }, statusCode: StatusCodes.Status503ServiceUnavailable);
}

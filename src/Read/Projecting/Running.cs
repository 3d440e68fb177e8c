using Dlcs.Kernel.Events;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>A live generation while the projector has it.</summary>
internal sealed class Running(Projection projection, Generation generation)
{
    private const int MostInMemory = 20_000;
    private readonly Feeding feeding = projection.Feed(generation.Number);
    private Exception? fault;
    private Checkpoint through;

    public Projection Projection => projection;

    public Generation Generation { get; private set; } = generation;

    public bool IsParked => Generation.Parked is not null;

    /// <summary>What to do about a view that has stopped for good.</summary>
    public static string Rebuild(string reason, string view) => $"{reason}; rebuild it: dlcs rebuild {view}";

    /// <summary>Notes how the log knows its checkpoint.</summary>
    public void Know(Checkpoint seen) => Generation = Generation.At(seen);

    /// <summary>Folds a page in memory; a fault parks the view at the event that it could not fold.</summary>
    public async Task Fold(LogPage page, NpgsqlConnection connection, ILogger logger, CancellationToken ct)
    {
        var entries = page.Entries.Where(e => e.Position > Generation.Position).ToList();
        if (feeding.Held > MostInMemory) feeding.Forget();

        await feeding.Load(entries, Generation.Position, connection, ct);
        (var count, fault) = feeding.Fold(entries);
        through = page.Through > Generation.Position
            ? Generation.Checkpoint.After(page with { Entries = entries }) : Generation.Checkpoint;
        if (fault is null) return;

        logger.LogError(fault, "View {View} is parked", Generation.View);
        feeding.Forget();
        entries = entries[..count];
        await feeding.Load(entries, Generation.Position, connection, ct);
        feeding.Fold(entries);
        through = entries is [.., var folded] ? Checkpoint.At(folded) : Generation.Checkpoint;
    }

    /// <summary>Writes what was folded.</summary>
    public async Task<Written> Write(NpgsqlConnection connection, CancellationToken ct)
    {
        var written = await feeding.Write(through, connection, ct);
        Generation = Generation.At(through) with
        {
            Digest = Generation.Digest + written.Digest,
            Parked = fault?.Message,
        };
        return written;
    }

    /// <summary>Stops the view where it is: a person must look.</summary>
    public void Park(ViewStoppedException stopped, ILogger logger)
    {
        Generation = Generation with { Parked = Rebuild(stopped.Message, Generation.View) };
        logger.LogError("View {View} has stopped: {Reason}", Generation.View, Generation.Parked);
        feeding.Forget();
    }
}

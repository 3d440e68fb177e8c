using Dlcs.Kernel.Events;
using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>A generation that is being filled beside the live one.</summary>
/// <param name="until">Where filling ends: no further than the live one, with which it is compared.</param>
internal sealed class Building(Projection projection, Generation generation, Position until)
{
    private const int Closed = 20_000;
    private readonly Feeding feeding = projection.Fill(generation.Number);
    private Task<Digest> copying = Task.FromResult(default(Digest)); // of what is over, while folding goes on
    private bool keyed;
    private bool indexed;
    private int sinceCopy;

    public Projection Projection => projection;

    public Generation Generation { get; private set; } = generation;

    public Position Until => until;

    /// <summary>
    /// Folds a page: in memory, as long as it holds every document; from then on page by page, with no index but the
    /// key's.
    /// </summary>
    /// <exception cref="RebuildRefusedException">The view cannot fold an event.</exception>
    public async Task Fold(LogPage all, ReadStore store, int mostInMemory, CancellationToken ct)
    {
        if (Generation.Position >= until) return;
        var page = all.UpTo(until);
        if (keyed)
        {
            await Write(page, store, ct);
            return;
        }

        Fold(page.Entries);
        Generation = Generation.At(Generation.Checkpoint.After(page));
        sinceCopy += page.Entries.Count;
        if (sinceCopy < Math.Min(Closed, mostInMemory)) return;

        sinceCopy = 0;
        await Copied();
        copying = feeding.CopyClosed(store.Database, ct);
        if (feeding.Held <= mostInMemory) return;

        await Copy(store, ct);
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        await projection.Key(Generation.Number, connection, ct);
        keyed = true;
    }

    /// <summary>Copies what is in memory into what nobody reads yet.</summary>
    public async Task Copy(ReadStore store, CancellationToken ct)
    {
        if (keyed)
        {
            await feeding.Flush();
            return;
        }
        await Copied();
        var moved = await feeding.Copy(Generation.Checkpoint, store.Database, ct);
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        await Advance(Generation.Checkpoint, moved, store, connection, ct);
    }

    /// <summary>Makes the indexes. From here on documents are written one by one.</summary>
    public async Task Index(ReadStore store, CancellationToken ct)
    {
        await using var one = await store.Database.OpenConnectionAsync(ct);
        await using var other = await store.Database.OpenConnectionAsync(ct);
        await projection.Index(Generation.Number, [one, other], ct);
        keyed = indexed = true;
    }

    /// <summary>Folds what stands up to that very position, or to the end of the log.</summary>
    public async Task CatchUp(IEventStore log, ReadStore store, Position live, CancellationToken ct)
    {
        while (Generation.Position < live)
        {
            var page = await log.ReadAll(Generation.Position, 1000, ct);
            if (page.Through <= Generation.Position) return; // an older backup: the log ends before
            await Write(page.UpTo(live), store, ct);
        }
    }

    /// <summary>Lets queries read this generation, from the commit of the transaction on.</summary>
    public async Task MakeLive(ReadStore store, NpgsqlConnection transaction, CancellationToken ct)
    {
        await projection.Show(Generation.Number, ct);
        if (!projection.CommitsTogether) await Generations.Show([Generation], store, transaction, ct);
        await Generations.MakeLive(Generation.View, Generation.Number, store, transaction, ct);
    }

    private async Task Write(LogPage page, ReadStore store, CancellationToken ct)
    {
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await feeding.Load(page.Entries, Generation.Position, connection, ct);
        Fold(page.Entries);
        var through = Generation.Checkpoint.After(page);
        var written = indexed
            ? await feeding.Write(through, connection, ct) : await feeding.Replace(through, connection, ct);
        await Advance(through, written.Digest, store, connection, ct);
        await transaction.CommitAsync(ct);
        if (feeding.Held > 20_000) feeding.Forget();
    }

    private void Fold(IReadOnlyList<LogEntry> entries)
    {
        if (feeding.Fold(entries) is (_, { } fault))
            throw new RebuildRefusedException($"The view {projection.Name} cannot be rebuilt: {fault.Message}", fault);
    }

    private async Task Copied()
    {
        var moved = await copying;
        copying = Task.FromResult(default(Digest));
        Generation = Generation with { Digest = Generation.Digest + moved };
    }

    private async Task Advance(
        Checkpoint through, Digest moved, ReadStore store, NpgsqlConnection connection, CancellationToken ct)
    {
        Generation = Generation.At(through) with { Digest = Generation.Digest + moved };
        await Generations.Advance(Generation, live: false, store, connection, ct);
    }
}

using Dlcs.Kernel.Events;
using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>One generation of a view while events come in.</summary>
internal abstract class Feeding
{
    /// <summary>Documents in memory.</summary>
    public abstract int Held { get; }

    /// <summary>Gets what the events need that is not in memory, as it was after <paramref name="after"/>.</summary>
    /// <param name="after">How far the generation is: the events stand behind it.</param>
    public abstract Task Load(
        IReadOnlyList<LogEntry> entries, Position after, NpgsqlConnection connection, CancellationToken ct);

    /// <summary>Pure: folds as many of the events as the view can.</summary>
    /// <returns>How many, and why the next one could not be.</returns>
    public abstract (int Count, Exception? Fault) Fold(IReadOnlyList<LogEntry> entries);

    /// <summary>Writes what changed, document by document.</summary>
    /// <param name="through">How far the generation is with it.</param>
    public abstract Task<Written> Write(Checkpoint through, NpgsqlConnection connection, CancellationToken ct);

    /// <summary>Writes what changed into a generation that nobody reads yet: much at a time.</summary>
    /// <param name="through">How far the generation is with it.</param>
    public virtual Task<Written> Replace(Checkpoint through, NpgsqlConnection connection, CancellationToken ct) =>
        Write(through, connection, ct);

    /// <summary>Copies all that is in memory into a generation that holds nothing of it yet, and forgets it.</summary>
    /// <param name="through">How far the generation is with it.</param>
    /// <returns>How the generation's digest moved.</returns>
    public abstract Task<Digest> Copy(Checkpoint through, NpgsqlDataSource database, CancellationToken ct);

    /// <summary>
    /// Copies the versions that are over, so that memory holds only what is current. They are taken before this
    /// returns: folding goes on meanwhile.
    /// </summary>
    /// <returns>How the generation's digest moved, beside what <see cref="Copy"/> tells of.</returns>
    public abstract Task<Digest> CopyClosed(NpgsqlDataSource database, CancellationToken ct);

    public abstract void Forget();

    /// <summary>Returns when everything that was replaced or copied is written.</summary>
    public virtual Task Flush() => Task.CompletedTask;
}

/// <param name="Digest">How the generation's digest moved.</param>
/// <param name="Keys">What changed.</param>
internal sealed record Written(Digest Digest, IReadOnlyList<string> Keys);

/// <summary>What feeding is, wherever the documents go: they are folded in memory.</summary>
internal abstract class Feeding<TView>(ViewDefinition<TView> definition) : Feeding where TView : class, IView<TView>
{
    protected Folding<TView> Folding { get; } = new(definition);

    public override int Held => Folding.Count;

    public override (int Count, Exception? Fault) Fold(IReadOnlyList<LogEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            try
            {
                Folding.Fold(entries[i]);
            }
            catch (Exception fault) // whatever a fold throws parks its view, and nothing else
            {
                return (i, fault);
            }
        }
        return (entries.Count, null);
    }

    public override void Forget() => Folding.Forget();

    protected async Task<Written> Take(Func<Changes<TView>, Task> write)
    {
        var changes = Folding.Take();
        await write(changes);
        return new(changes.Digest, [.. changes.Current.Select(d => d.Key)]);
    }
}

using Dlcs.Kernel.Events;
using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>A view as the projector handles it: whatever its type, and wherever it is kept.</summary>
/// <param name="kept">In which store; views of one store move on together, at that store's pace.</param>
internal abstract class Projection(string name, int version, string kept)
{
    public string Name => name;

    /// <summary>Of the fold: another one makes stored documents stale.</summary>
    public int Version => version;

    public string Kept => kept;

    /// <summary>
    /// Whether documents are written in the transaction of their checkpoint, and seen with its commit. Else they are
    /// written before, twice without harm, and seen after <see cref="Show"/>.
    /// </summary>
    public bool CommitsTogether => kept == ReadStore.Postgres;

    /// <summary>Makes room for a generation at the start of the log. Whatever was there of this log goes.</summary>
    public abstract Task Create(Generation generation, NpgsqlConnection connection, CancellationToken ct);

    /// <summary>Makes documents of a generation that is being filled be found by their key.</summary>
    public virtual Task Key(int generation, NpgsqlConnection connection, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Makes a filled generation fit for queries.</summary>
    /// <param name="connections">To the database; each may make indexes at the same time as the others.</param>
    public abstract Task Index(int generation, IReadOnlyList<NpgsqlConnection> connections, CancellationToken ct);

    public abstract Task Drop(int generation, NpgsqlConnection connection, CancellationToken ct);

    /// <summary>Begins to fold into that generation. Documents stay in memory between pages.</summary>
    public abstract Feeding Feed(int generation);

    /// <summary>Begins to fill that generation, which nobody asks yet.</summary>
    public virtual Feeding Fill(int generation) => Feed(generation);

    /// <summary>Whether a live generation is there, and whole as far as its checkpoint says.</summary>
    /// <returns>
    /// How far it was fed, if that is further: a page was written and not committed, or the checkpoint is out of an
    /// older backup than the documents.
    /// </returns>
    /// <exception cref="ViewStoppedException">It is not.</exception>
    public virtual Task<Checkpoint?> Verify(Generation generation, NpgsqlConnection connection, CancellationToken ct) =>
        Task.FromResult<Checkpoint?>(null);

    /// <summary>Lets queries see all that was written.</summary>
    public virtual Task Show(int generation, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Lets people who look into the store find that generation, which is live, by the name of all.</summary>
    public virtual Task Point(int generation, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Keys whose documents differ, at most <paramref name="atMost"/>.</summary>
    public abstract Task<IReadOnlyList<string>> Differences(
        int one, int other, int atMost, NpgsqlConnection connection, CancellationToken ct);
}

/// <summary>A view cannot go on until a person rebuilds it; the message says what is wrong with it.</summary>
public sealed class ViewStoppedException(string message) : Exception(message);

using Dlcs.Kernel.Events;
using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>A view as the projector handles it: whatever its type, and wherever it is kept.</summary>
internal abstract class Projection(string name, int version)
{
    public string Name => name;

    /// <summary>Of the fold: another one makes stored documents stale.</summary>
    public int Version => version;

    public abstract Task Create(int generation, NpgsqlConnection connection, CancellationToken ct);

    public abstract Task Index(int generation, NpgsqlConnection connection, CancellationToken ct);

    public abstract Task Drop(int generation, NpgsqlConnection connection, CancellationToken ct);

    /// <summary>Begins to fold into that generation. Documents stay in memory between pages.</summary>
    public abstract Feeding Feed(int generation);

    /// <summary>Keys whose documents differ, at most <paramref name="atMost"/>.</summary>
    public abstract Task<IReadOnlyList<string>> Differences(
        int one, int other, int atMost, NpgsqlConnection connection, CancellationToken ct);
}

/// <summary>One generation of a view while events come in.</summary>
internal abstract class Feeding
{
    /// <summary>Documents in memory.</summary>
    public abstract int Held { get; }

    /// <summary>Gets what the events need that is not in memory.</summary>
    public abstract Task Load(IReadOnlyList<LogEntry> entries, NpgsqlConnection connection, CancellationToken ct);

    /// <summary>Pure: folds as many of the events as the view can.</summary>
    /// <returns>How many, and why the next one could not be.</returns>
    public abstract (int Count, Exception? Fault) Fold(IReadOnlyList<LogEntry> entries);

    /// <summary>Writes what changed, document by document.</summary>
    public abstract Task<Written> Write(NpgsqlConnection connection, CancellationToken ct);

    /// <summary>Copies what changed into tables that hold nothing of it yet.</summary>
    public abstract Task<Written> Copy(NpgsqlConnection connection, CancellationToken ct);

    /// <summary>Copies the versions that are over, so that memory holds only what is current.</summary>
    public abstract Task CopyClosed(NpgsqlConnection connection, CancellationToken ct);

    public abstract void Forget();
}

/// <param name="Digest">How the generation's digest moved.</param>
/// <param name="Keys">What changed.</param>
internal sealed record Written(Digest Digest, IReadOnlyList<string> Keys);

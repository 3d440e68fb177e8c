using System.Diagnostics;
using Marten;
using Npgsql;

namespace Dlcs.Kernel.Events.Marten;

/// <summary>
/// Appends through Marten's sessions. An append whose outcome is unknown is looked for before it is tried again: the
/// ids of its events are known beforehand, and the revision keeps it from landing twice.
/// </summary>
internal sealed class Appender(IDocumentStore store, NpgsqlDataSource source, LogSettings settings)
{
    /// <summary>For an append whose outcome is unknown: PostgreSQL may be starting again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly string find =
        $"""
        select o.nr, e.seq_id
        from unnest($1::varchar[], $2::bigint[], $3::uuid[]) with ordinality o (key, version, id, nr)
        join {settings.Table("mt_events")} e on e.stream_id = o.key and e.version = o.version and e.id = o.id
        """;

    private readonly string versions = $"select id, version from {settings.Table("mt_streams")} where id = any($1)";

    /// <returns><c>null</c>: the stream is at another revision.</returns>
    /// <exception cref="LogUnavailableException">Not appended, or nothing is known of it.</exception>
    public async Task<Position?> Append(SealedAppend append)
    {
        var began = Stopwatch.GetTimestamp();
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await Append(append, look: tried > 1);
            }
            catch (Exception e) when (Failures.Passes(e))
            {
                if (Failures.Of(e) is Failure.Away && tried is 1) throw Failures.Unavailable(e);
                if (Stopwatch.GetElapsedTime(began) > Patience) throw Failures.Unavailable(e);
                if (Failures.Of(e) is Failure.Unknown) source.Clear(); // pooled connections are lost together
                await Task.Delay(Backoff.Pause(tried, least: 5, most: 500));
            }
        }
    }

    /// <summary>
    /// Appends in few transactions. Where one fails, those that cannot be appended are sorted out and the rest tried
    /// again, in the end one by one.
    /// </summary>
    /// <param name="appends">No two of one stream.</param>
    public async Task<IReadOnlyList<Position?>> AppendTogether(IReadOnlyList<SealedAppend> appends)
    {
        var positions = new Position?[appends.Count];
        // In one order everywhere: two transactions that want the same streams then queue and never embrace.
        IReadOnlyList<int> open =
            [.. Enumerable.Range(0, appends.Count).OrderBy(i => appends[i].Key, StringComparer.Ordinal)];

        for (var tried = 1; tried <= 3 && open.Count > 1; tried++)
        {
            if (await TryCommit([.. open.Select(i => appends[i])]) is { } committed)
            {
                foreach (var (i, position) in open.Zip(committed)) positions[i] = position;
                return positions;
            }
            if (await TrySift(appends, open, positions) is not { } sifted) break;
            open = sifted;
        }

        foreach (var i in open) positions[i] = await Append(appends[i]);
        return positions;
    }

    private async Task<Position?> Append(SealedAppend append, bool look)
    {
        if (look && await Find(append) is { } there) return there;
        try
        {
            return (await Commit([append]))[0];
        }
        catch (Exception e) when (Failures.Of(e) is Failure.Conflict)
        {
            return await Find(append);
        }
    }

    private async Task<Position[]?> TryCommit(IReadOnlyList<SealedAppend> appends)
    {
        try
        {
            return await Commit(appends);
        }
        catch (Exception e) when (Failures.Of(e) is Failure.Away)
        {
            throw Failures.Unavailable(e);
        }
        catch (Exception e) when (Failures.Of(e) is not Failure.Defect)
        {
            return null;
        }
    }

    /// <summary>One transaction. It runs to its end whatever the caller does, so that its outcome is known.</summary>
    private async Task<Position[]> Commit(IReadOnlyList<SealedAppend> appends)
    {
        await using var session = store.LightweightSession();
        var positions = appends.Select(a => a.AddTo(session)).ToList();
        await session.SaveChangesAsync(CancellationToken.None);
        return [.. positions.Select(position => position())];
    }

    /// <summary>
    /// Those whose stream is at their revision; of the others it notes where they are, if they are there.
    /// <c>null</c>: the connection was lost again.
    /// </summary>
    private async Task<IReadOnlyList<int>?> TrySift(
        IReadOnlyList<SealedAppend> appends, IReadOnlyList<int> open, Position?[] positions)
    {
        try
        {
            var at = await Versions([.. open.Select(i => appends[i].Key)]);
            var elsewhere = open.Where(i => at.GetValueOrDefault(appends[i].Key) != appends[i].VersionBefore).ToList();
            foreach (var (nr, position) in await Find([.. elsewhere.Select(i => appends[i])]))
                positions[elsewhere[nr]] = position;
            return [.. open.Except(elsewhere)];
        }
        catch (Exception e) when (Failures.Passes(e))
        {
            return null;
        }
    }

    private async Task<Dictionary<string, long>> Versions(string[] keys)
    {
        await using var command = source.CreateCommand(versions);
        command.Parameters.Add(new() { Value = keys });
        await using var rows = await command.ExecuteReaderAsync();
        var at = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await rows.ReadAsync()) at[rows.GetString(0)] = rows.GetInt64(1);
        return at;
    }

    private async Task<Position?> Find(SealedAppend append) =>
        (await Find([append])) is [var (_, position)] ? position : null;

    /// <summary>An append is all there or not at all: its last event, at its version, stands for it.</summary>
    private async Task<IReadOnlyList<(int Nr, Position Position)>> Find(IReadOnlyList<SealedAppend> appends)
    {
        if (appends is []) return [];
        await using var command = source.CreateCommand(find);
        command.Parameters.Add(new() { Value = appends.Select(a => a.Key).ToArray() });
        command.Parameters.Add(new() { Value = appends.Select(a => a.Version).ToArray() });
        command.Parameters.Add(new() { Value = appends.Select(a => a.Events[^1].Id).ToArray() });
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<(int, Position)>();
        while (await rows.ReadAsync()) found.Add(((int)rows.GetInt64(0) - 1, new(rows.GetInt64(1))));
        return found;
    }
}

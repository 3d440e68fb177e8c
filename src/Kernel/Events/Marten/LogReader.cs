using System.Runtime.CompilerServices;
using Npgsql;

namespace Dlcs.Kernel.Events.Marten;

/// <summary>Reads events straight from Marten's tables: Marten's own way costs several times more.</summary>
internal sealed class LogReader(NpgsqlDataSource source, Gaps gaps, LogSettings settings)
{
    private const int StreamPage = 1000;

    private readonly string all =
        $"""
        select seq_id, {Ours(settings, $"substr(stream_id, {settings.KeyPrefix.Length + 1})")},
            version, id, type, {Ours(settings, "data::text")}, {Ours(settings, "headers::text")}
        from {settings.Table("mt_events")} where seq_id > $1 order by seq_id limit $2
        """;

    private readonly string last =
        $"""
        select seq_id, substr(stream_id, {settings.KeyPrefix.Length + 1}), version, id, type, data::text, headers::text
        from {settings.Table("mt_events")} where seq_id <= $1 and starts_with(stream_id, '{settings.KeyPrefix}')
        order by seq_id desc limit 1
        """;

    private readonly string end =
        $"select coalesce(max(seq_id), {Position.Start.Value}) from {settings.Table("mt_events")}";

    private readonly string one =
        $"""
        select version, id, type, data::text, headers::text
        from {settings.Table("mt_events")} where stream_id = $1 and version > $2 order by version limit {StreamPage}
        """;

    // Stream by stream through the index: with an array the planner may prefer to scan the whole log.
    private readonly string many =
        $"""
        select version, id, type, data::text, headers::text, key.nr
        from unnest($1::varchar[]) with ordinality key (name, nr)
        cross join lateral (
            select * from {settings.Table("mt_events")} where stream_id = key.name order by version offset 0) e
        """;

    /// <summary>The stream in pages, so that no connection is held while the caller thinks.</summary>
    public async IAsyncEnumerable<Recorded> Stream(StreamName stream, [EnumeratorCancellation] CancellationToken ct)
    {
        for (IReadOnlyList<Recorded>? page = null; page is not { Count: < StreamPage };)
        {
            var behind = page is [.., var last] ? last.Revision + 1 : 0;
            page = await Failures.Reading(source, () => Stream(stream, behind, ct));
            foreach (var recorded in page) yield return recorded;
        }
    }

    public async Task<IReadOnlyList<IReadOnlyList<Recorded>>> Streams(
        IReadOnlyList<StreamName> streams, CancellationToken ct)
    {
        await using var command = source.CreateCommand(many);
        command.Parameters.Add(new() { Value = streams.Select(settings.Key).ToArray() });
        await using var rows = await command.ExecuteReaderAsync(ct);
        var (answers, bytes) = (streams.Select(_ => new List<Recorded>()).ToArray(), new ColumnBytes());
        while (await rows.ReadAsync(ct))
        {
            var nr = (int)rows.GetInt64(5) - 1;
            answers[nr].Add(Event(rows, 0, streams[nr], bytes));
        }
        return answers;
    }

    /// <summary>
    /// A run of the log without a hole that could still be filled. It may be shorter than it could be, and waits only
    /// when the very next event is missing.
    /// </summary>
    public async Task<LogPage> Page(Position after, int atMost, CancellationToken ct)
    {
        while (true)
        {
            var settled = gaps.Settled; // before the page: what was settled then, the page shows
            var page = await ReadPage(Math.Max(after.Value, 0), atMost, settled, ct);
            if (page.Missing is not { } missing)
                return new(page.Entries, page.Last is { } last ? new(last) : after);
            if (page.Last is { } before && await gaps.TrySettle(missing, ct) is false)
                return new(page.Entries, new(before));
            await gaps.Settle(missing, ct);
        }
    }

    public async Task<LogEntry?> At(Position at, CancellationToken ct)
    {
        var page = await ReadPage(at.Value - 1, 1, settled: long.MaxValue, ct);
        return page.Entries is [var entry] && entry.Position == at ? entry : null;
    }

    public async Task<LogEntry?> Last(Position upTo, CancellationToken ct)
    {
        await using var command = source.CreateCommand(last);
        command.Parameters.Add(new() { Value = upTo.Value });
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct)
            ? new(new(rows.GetInt64(0)), Event(rows, 2, new StreamName(rows.GetString(1)), new ColumnBytes())) : null;
    }

    public async Task<Position> End(CancellationToken ct)
    {
        await using var command = source.CreateCommand(end);
        return new((long)(await command.ExecuteScalarAsync(ct))!);
    }

    private async Task<RawPage> ReadPage(long after, int atMost, long settled, CancellationToken ct)
    {
        await using var command = source.CreateCommand(all);
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = (long)atMost });
        await using var rows = await command.ExecuteReaderAsync(ct);
        var (entries, last, bytes) = (new List<LogEntry>(), (long?)null, new ColumnBytes());
        while (await rows.ReadAsync(ct))
        {
            var number = rows.GetInt64(0);
            if (number > (last ?? after) + 1 && number - 1 > settled) return new(entries, last, number - 1);
            if (!rows.IsDBNull(1))
                entries.Add(new(new(number), Event(rows, 2, new StreamName(rows.GetString(1)), bytes)));
            last = number;
            if (bytes.Read > Limits.Page) break;
        }
        return new(entries, last, null);
    }

    private async Task<IReadOnlyList<Recorded>> Stream(StreamName stream, long version, CancellationToken ct)
    {
        await using var command = source.CreateCommand(one);
        command.Parameters.Add(new() { Value = settings.Key(stream) });
        command.Parameters.Add(new() { Value = version });
        await using var rows = await command.ExecuteReaderAsync(ct);
        var (page, bytes) = (new List<Recorded>(), new ColumnBytes());
        while (await rows.ReadAsync(ct)) page.Add(Event(rows, 0, stream, bytes));
        return page;
    }

    private static string Ours(LogSettings settings, string sql) =>
        $"case when starts_with(stream_id, '{settings.KeyPrefix}') then {sql} end";

    /// <summary>From <paramref name="column"/> on: version, id, type, data, headers.</summary>
    private static Recorded Event(NpgsqlDataReader rows, int column, StreamName stream, ColumnBytes bytes) =>
        Sealing.Open(
            rows.GetGuid(column + 1), rows.GetString(column + 2), bytes.Data(rows, column + 3),
            bytes.Metadata(rows, column + 4), stream, rows.GetInt64(column) - 1);

    /// <param name="Last">The last number on it.</param>
    /// <param name="Missing">The number before the first that is beyond a gap, if it ends at one.</param>
    private sealed record RawPage(IReadOnlyList<LogEntry> Entries, long? Last, long? Missing);
}

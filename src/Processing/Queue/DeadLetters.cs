using System.Text.Json;
using Dlcs.Processing.Images;
using Npgsql;
using Wolverine.Runtime.Serialization;

namespace Dlcs.Processing.Queue;

/// <summary>Work that was given up. The log has a failure for each; to do it again is to reprocess the image.</summary>
/// <param name="Message">The work; <c>null</c> when it cannot be read.</param>
/// <param name="Error">The last error, for those who run the service.</param>
public sealed record DeadLetter(Guid Id, ProcessImage? Message, string Error, DateTimeOffset RegisteredAt);

public static class DeadLetters
{
    /// <summary>The newest, at most so many.</summary>
    /// <param name="schema">Of <see cref="ProcessingSettings.Schema"/>.</param>
    public static async Task<IReadOnlyList<DeadLetter>> List(
        NpgsqlDataSource source, string schema, int atMost, CancellationToken ct)
    {
        await using var query = source.CreateCommand($"""
            select id, body, exception_type || ': ' || exception_message, sent_at
            from {new LedgerSql(schema).Schema}.wolverine_dead_letters order by sent_at desc limit $1
            """);
        query.Parameters.Add(new() { Value = atMost });
        var letters = new List<DeadLetter>();
        await using var row = await query.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            letters.Add(new(
                row.GetGuid(0), Read(row.GetFieldValue<byte[]>(1)), row.GetString(2),
                row.GetFieldValue<DateTimeOffset>(3)));
        }
        return letters;
    }

    private static ProcessImage? Read(byte[] body) =>
        EnvelopeSerializer.Deserialize(body) is { MessageType: ProcessImage.Name, Data: { } data }
            ? JsonSerializer.Deserialize<ProcessImage>(data) : null;
}

using Npgsql;
using Wolverine;
using Wolverine.Runtime.Serialization;

namespace Dlcs.Integration.Processing;

internal static class Dispatched
{
    /// <summary>Dispatches all again, as work that nobody has seen yet.</summary>
    public static async Task Again(NpgsqlDataSource source)
    {
        await using var query = source.CreateCommand("""
            select body from dlcs_processing.wolverine_queue_images
            union all select body from dlcs_processing.wolverine_incoming_envelopes where body <> ''
            """);
        var copies = new List<Envelope>();
        await using (var row = await query.ExecuteReaderAsync())
            while (await row.ReadAsync()) copies.Add(EnvelopeSerializer.Deserialize(row.GetFieldValue<byte[]>(0)));
        foreach (var copy in copies)
        {
            copy.Id = Guid.CreateVersion7();
            await using var insert = source.CreateCommand("""
                insert into dlcs_processing.wolverine_queue_images (id, body, message_type) values ($1, $2, $3)
                """);
            insert.Parameters.Add(new() { Value = copy.Id });
            insert.Parameters.Add(new() { Value = EnvelopeSerializer.Serialize(copy) });
            insert.Parameters.Add(new() { Value = copy.MessageType });
            await insert.ExecuteNonQueryAsync();
        }
    }
}

namespace Dlcs.Read.Images.Elastic;

/// <summary>Indices as they stand at one moment, for several searches.</summary>
internal sealed class PointInTime : IAsyncDisposable
{
    private readonly ElasticClient client;

    private PointInTime(ElasticClient client, string id) => (this.client, Id) = (client, id);

    public string Id { get; private set; }

    public static async Task<PointInTime> Open(ElasticClient client, string indices, CancellationToken ct)
    {
        var path = (await client.Product(ct)).OpenPointInTime(indices);
        var answer = await client.Ask(HttpMethod.Post, path, null, ElasticJson.Default.PointInTimeAnswer, ct);
        return new(client, answer.Id ?? answer.PitId
            ?? throw new IndexUnavailableException($"{client.Settings} opens no point in time"));
    }

    /// <summary>From here on by that name.</summary>
    public void Become(string? id) => Id = id ?? Id;

    public async ValueTask DisposeAsync()
    {
        try
        {
            var product = await client.Product(CancellationToken.None);
            var body = IndexSchema.Json(json =>
            {
                if (product.IsOpenSearch) json.WriteStartArray("pit_id");
                if (product.IsOpenSearch) json.WriteStringValue(Id);
                else json.WriteString("id", Id);
                if (product.IsOpenSearch) json.WriteEndArray();
            });
            await client.Ask(
                HttpMethod.Delete, product.ClosePointInTime, body, ElasticJson.Default.JsonElement,
                CancellationToken.None);
        }
        catch (Exception e) when (e is ElasticException or IndexUnavailableException)
        {
            // It ends by itself within a minute.
        }
    }
}

using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dlcs.Read.Images.Elastic;

/// <summary>
/// Documents on their way into an index: gathered into requests of bounded size, of which a bounded number is under
/// way. Whoever adds more waits until there is room.
/// </summary>
/// <param name="waits">Also while the engine is away.</param>
internal sealed class BulkStream(ElasticClient client, bool waits)
{
    /// <summary>As many usual images as leave no rest for a small request behind a full one.</summary>
    private const int MostItems = 1_000;

    /// <summary>What no JSON needs is not escaped: requests are read by the engine alone.</summary>
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool Waits => waits;

    private readonly ConcurrentBag<BulkRequest> spare = [];
    private readonly List<Task> underWay = [];

    /// <summary>Sends the documents to an index; returns when all are at least under way.</summary>
    /// <param name="mark">Writes one more item, that goes with the last of them.</param>
    public async Task Add<T>(
        string index, IReadOnlyList<T> documents, Action<BulkRequest, Utf8JsonWriter, T> write, CancellationToken ct,
        Action<BulkRequest, Utf8JsonWriter>? mark = null)
    {
        if (documents.Count is 0 && mark is null) return;
        var from = 0;
        do
        {
            await Room();
            var (first, end) = (from, Math.Min(from + MostItems, documents.Count));
            var last = end == documents.Count ? mark : null;
            underWay.Add(Task.Run(() => Send(index, documents, first, end, write, last, ct), ct));
            from = end;
        }
        while (from < documents.Count);
    }

    /// <summary>Returns when everything that was added is in the index.</summary>
    public async Task Flush()
    {
        await Task.WhenAll(underWay);
        underWay.Clear();
    }

    /// <summary>Forgets what is done, and throws what one of them threw.</summary>
    private async Task Room()
    {
        if (underWay.Count >= client.Settings.BulkRequests) await Task.WhenAny(underWay);
        foreach (var done in underWay.Where(t => t.IsCompleted)) await done;
        underWay.RemoveAll(t => t.IsCompleted);
    }

    private async Task Send<T>(
        string index, IReadOnlyList<T> documents, int from, int end, Action<BulkRequest, Utf8JsonWriter, T> write,
        Action<BulkRequest, Utf8JsonWriter>? mark, CancellationToken ct)
    {
        if (!spare.TryTake(out var request)) request = new();
        try
        {
            do
            {
                request.Clear(index);
                await using (var json = new Utf8JsonWriter((IBufferWriter<byte>)request, Writing))
                {
                    while (from < end && request.Bytes < client.Settings.BulkBytes)
                        write(request, json, documents[from++]);
                    if (from == end) mark?.Invoke(request, json);
                }
                await client.Send(request, waits, ct);
            }
            while (from < end);
        }
        finally
        {
            spare.Add(request);
        }
    }
}
